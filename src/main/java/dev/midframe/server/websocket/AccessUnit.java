package dev.midframe.server.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;

/**
 * One encoded picture, or one packet of sound, as it goes over the wire: the header of docs/reference/websocket.md, then an H.264 access
 * unit in Annex B form or what the sound's codec makes.
 * The bytes are shared by all clients and counted: whoever keeps the unit calls {@link #retain} and {@link #release}.
 *
 * @param message header and payload
 * @param key a decoder can begin here
 * @param format as of this unit
 */
public record AccessUnit(ByteBuf message, boolean key, MediaFormat format) {
    static final int HEADER_BYTES = 24;
    private static final int PTS_OFFSET = 8;
    public static final int VERSION = 1;

    /** Bits of the header's flags. */
    public enum Flag {
        KEY,
        CONFIG,
        GENERATED,
        BLENDED,
        REPEATED,
        SOUND;

        public int bit() {
            return 1 << ordinal();
        }
    }

    /**
     * Copies an encoded picture into a message with its header.
     *
     * @param flags bits of {@link Flag}
     * @param sequence counts up by one a picture, and by one a packet of sound, and wraps at 2^32
     * @param ptsMicros presentation time since the stream's start
     * @param captureMicros wall clock (since 1970) at which the picture's presentation time came
     */
    public static AccessUnit copyOf(
            ByteBufAllocator allocator,
            ByteBuffer payload,
            int flags,
            int sequence,
            long ptsMicros,
            long captureMicros,
            MediaFormat format) {
        ByteBuf message = allocator.buffer(HEADER_BYTES + payload.remaining());
        message.writeByte(VERSION).writeByte(flags).writeShort(HEADER_BYTES);
        message.writeInt(sequence).writeLong(ptsMicros).writeLong(captureMicros);
        message.writeBytes(payload);
        return new AccessUnit(message, (flags & Flag.KEY.bit()) != 0, format);
    }

    /** Presentation time in microseconds since the stream's start. */
    public long ptsMicros() {
        return message.getLong(message.readerIndex() + PTS_OFFSET);
    }

    /** What is behind the header, for reading; valid as long as the message is. */
    public ByteBuffer payload() {
        return message.nioBuffer(message.readerIndex() + HEADER_BYTES, message.readableBytes() - HEADER_BYTES);
    }

    /** The header alone; not counted by itself. */
    ByteBuf header() {
        return message.slice(message.readerIndex(), HEADER_BYTES);
    }

    public boolean sound() {
        return format instanceof SoundFormat;
    }

    int bytes() {
        return message.readableBytes();
    }

    AccessUnit retain() {
        message.retain();
        return this;
    }

    void release() {
        message.release();
    }
}
