/**
 * Real database servers for tests and benchmarks, from packages of Maven Central, started as child
 * processes on loopback, and SSH hosts before them. Knows nothing of Tributary's own code.
 */
@NullMarked
package org.tributary.testbed;

import org.jspecify.annotations.NullMarked;
