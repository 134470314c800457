/**
 * Real database servers for tests, the schema that existing installations have, and real readings
 * to put into it. Knows nothing of Tributary's own code, so that it can judge it.
 */
@NullMarked
package org.tributary.acceptance.servers;

import org.jspecify.annotations.NullMarked;
