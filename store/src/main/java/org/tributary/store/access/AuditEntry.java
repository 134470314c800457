package org.tributary.store.access;

import java.time.Instant;

/**
 * One thing that was done.
 *
 * @param id counts up
 * @param written when
 * @param actor who did it: a person, a gateway, a token, or the user of the machine that a command
 *     was given on
 * @param act what, a word of {@link Act}
 * @param subject to what: a gateway, a table and an id; never an address
 * @param detail in a sentence
 */
public record AuditEntry(
    long id, Instant written, String actor, String act, String subject, String detail) {}
