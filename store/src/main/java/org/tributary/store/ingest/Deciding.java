package org.tributary.store.ingest;

import java.time.Clock;
import org.tributary.store.Engine;

/** Making decisions and taking them back, joined with all that they need. Stateless. */
record Deciding(DecisionMaking making, DecisionUndoing undoing) {

  static Deciding of(Engine engine, Clock clock, MappingJournal journal, Gateways gateways) {
    SetAsideRows setAside = new SetAsideRows(engine, clock);
    DecidedRows decided = new DecidedRows(engine, clock);
    Positions positions = new Positions(engine);
    SeriesIngest series =
        new SeriesIngest(
            engine,
            clock,
            journal,
            SeriesWriter.ofGateways(engine, new Corrections(engine, clock)),
            setAside,
            decided);
    Retelling retelling = new Retelling(engine, journal, setAside, series);
    DecisionMaking making =
        new DecisionMaking(
            engine,
            journal,
            new MetadataIngest(engine, clock, journal, setAside, positions, decided, Scope.BY_KEY),
            series,
            retelling);
    DecisionUndoing undoing =
        new DecisionUndoing(
            engine,
            journal,
            setAside,
            positions,
            retelling,
            series,
            new TakenFromCentral(
                engine,
                new Edits(engine, clock),
                new OpenChanges(engine, journal, setAside),
                gateways));
    return new Deciding(making, undoing);
  }
}
