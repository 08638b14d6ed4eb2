/**
 * One connection: its limits, in the order in which its bytes meet them. What it asks for is answered in {@code http}, what a
 * viewer sends in {@code websocket}.
 */
@NullMarked
package dev.midframe.server.connection;

import org.jspecify.annotations.NullMarked;
