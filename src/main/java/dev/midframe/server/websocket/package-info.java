/**
 * Encoded pictures to WebSocket clients: the wire format, one bounded queue a client, and what a slow client loses.
 */
@NullMarked
package dev.midframe.server.websocket;

import org.jspecify.annotations.NullMarked;
