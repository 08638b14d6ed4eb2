/** What the server counts, as Prometheus metrics and as the live figures of the page. */
@NullMarked
package dev.midframe.server.metrics;

import org.jspecify.annotations.NullMarked;
