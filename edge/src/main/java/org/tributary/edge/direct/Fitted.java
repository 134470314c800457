package org.tributary.edge.direct;

import java.util.ArrayList;
import java.util.List;
import org.tributary.store.direct.Fit;
import org.tributary.wire.Batch;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.Greeting;
import org.tributary.wire.Proposal;
import org.tributary.wire.Welcome;

/** What travels, cut to what a remote database has. */
record Fitted(Fit fit) {

  /** Rows without the columns that are not there. */
  Batch batch(Batch batch) {
    return new Batch(
        batch.table(),
        batch.lane(),
        batch.after(),
        batch.upTo(),
        fit.fitting(batch.rows()),
        batch.unreadable(),
        batch.contents());
  }

  /** Tables without the columns that are not there; those that can't go there are left out. */
  Proposal proposal(Proposal proposal) {
    return new Proposal(
        greeting(proposal.greeting()),
        proposal.tables().stream()
            .filter(each -> fit.refusal(each.table()).isEmpty())
            .map(this::batch)
            .toList());
  }

  /** The greeting without claims about what can't be compared there. */
  Greeting greeting(Greeting greeting) {
    List<Claims> claims =
        greeting.claims().stream().filter(each -> fit.isComparable(each.table())).toList();
    return new Greeting(
        greeting.gateway(),
        greeting.machine(),
        greeting.hostname(),
        greeting.version(),
        greeting.protocol(),
        greeting.now(),
        claims,
        greeting.boot(),
        greeting.terms());
  }

  /** The answer with a word on each of the greeting's claims. */
  Welcome welcome(Greeting greeting, Welcome welcome) {
    List<List<Difference>> differences = new ArrayList<>();
    int answered = 0;
    for (Claims each : greeting.claims()) {
      boolean wasAsked = fit.isComparable(each.table());
      differences.add(wasAsked ? welcome.differences().get(answered++) : List.of());
    }
    return new Welcome(
        welcome.version(),
        welcome.protocol(),
        welcome.now(),
        welcome.maxRows(),
        welcome.maxBytes(),
        welcome.trustedUntil(),
        welcome.positions(),
        welcome.untrusted(),
        welcome.setAside(),
        welcome.history(),
        differences,
        welcome.open(),
        welcome.hasChanges());
  }
}
