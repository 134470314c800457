package org.tributary.edge.rest;

import java.nio.file.Path;

/**
 * Where the two files of a remote lie.
 *
 * @param record what the server has acknowledged
 * @param setAside rows that it can't take
 */
public record RestFiles(Path record, Path setAside) {}
