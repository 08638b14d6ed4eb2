/** Netty: page, WebSocket, control API, metrics. Knows {@code pipeline}. */
@NullMarked
package dev.midframe.server;

import org.jspecify.annotations.NullMarked;
