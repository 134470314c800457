package org.tributary.edge.config;

/**
 * One value that the operator has set, and where: in the file, in the environment, or on the
 * command line.
 *
 * @param name as the operator knows it: {@code pushlimit}, {@code TRIBUTARY_PUSHLIMIT}
 * @param line in the file; 0 if it was not set there
 */
record Setting(String name, int line, String value) {}
