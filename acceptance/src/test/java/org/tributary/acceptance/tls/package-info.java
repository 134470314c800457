/** Central behind TLS, and gateways that verify it, with certificates as they come. */
@NullMarked
package org.tributary.acceptance.tls;

import org.jspecify.annotations.NullMarked;
