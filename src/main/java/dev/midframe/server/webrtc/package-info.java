/**
 * Viewers by WebRTC: one pipeline a viewer, which sends what the stream has encoded already. HTTP brings the offers (WHEP); how
 * the two sides find each other is webrtcbin's business.
 */
@NullMarked
package dev.midframe.server.webrtc;

import org.jspecify.annotations.NullMarked;
