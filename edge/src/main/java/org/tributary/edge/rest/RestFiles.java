package org.tributary.edge.rest;

import java.nio.file.Path;

/**
 * Where the files of a remote lie.
 *
 * @param record what the server has acknowledged
 * @param setAside rows that it can't take
 * @param conflicts what both sides had otherwise
 */
public record RestFiles(Path record, Path setAside, Path conflicts) {}
