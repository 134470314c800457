package org.tributary.store.access;

import java.time.Instant;

/** A one-time code that was given out and not used; the code itself is not kept. */
public record OpenCode(String gateway, Instant created, String createdBy, Instant expires) {}
