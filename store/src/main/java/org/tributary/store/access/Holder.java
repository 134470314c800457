package org.tributary.store.access;

/**
 * Who shows a key or has a session.
 *
 * @param name a gateway's, a token's or a person's
 */
public record Holder(Role role, String name) {}
