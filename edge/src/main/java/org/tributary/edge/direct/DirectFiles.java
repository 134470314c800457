package org.tributary.edge.direct;

import java.nio.file.Path;

/**
 * Where the two files of a remote lie that keeps no books of ours.
 *
 * @param kept which row there is which row here
 * @param setAside rows that it can't take
 */
public record DirectFiles(Path kept, Path setAside) {}
