package dev.midframe.server.websocket;

/** What a decoder has to know before the first unit. */
public sealed interface MediaFormat permits StreamFormat, SoundFormat {}
