package dev.midframe.container;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.av.AvField;
import dev.midframe.ffi.av.Libav;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file that is written packet by packet: tracks are named first, then {@link #begin}, packets, {@link #finish}. One that is
 * closed before it is finished is not whole. One thread at a time uses it.
 */
public final class ContainerWriter implements AutoCloseable {

    private static final int WRITE = 2;
    /** AVERROR_INVALIDDATA: "INDA", backwards and negated. */
    private static final int INVALID_DATA = -0x41444e49;

    private final Libav libav = Libav.get();
    private final Arena arena = Arena.ofShared();
    private final long pointer = arena.allocate(ValueLayout.JAVA_LONG).address();
    private final Path file;
    private final List<OutputTrack> tracks = new ArrayList<>();
    private final TrackMaker maker;

    private ContainerWriter(Path file, ContainerFormat format) {
        this.file = file;
        try {
            long url = arena.allocateFrom("file:" + file.toAbsolutePath()).address();
            long name = arena.allocateFrom(format.name()).address();
            check(libav.format().avformat_alloc_output_context2(pointer, 0, name, url));
            check(libav.format().avio_open(libav.address(context(), AvField.FORMAT_IO), url, WRITE));
            maker = new TrackMaker(libav, context(), format);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Begins a file; one that exists is emptied.
     *
     * @throws ContainerException when it cannot be written, in one line
     */
    public static ContainerWriter create(Path file, ContainerFormat format) {
        return new ContainerWriter(file, format);
    }

    /** Adds a track that holds the very packets of one that is read. */
    public OutputTrack copy(ContainerReader reader, Track track) {
        return added(maker.copy(reader, track));
    }

    /** Adds a track whose packets are made anew. */
    public OutputTrack add(ContainerReader reader, NewTrack track) {
        return added(maker.add(reader, track));
    }

    /** Attaches a cover picture as a file, as Matroska does. */
    public void attachCover(ContainerReader reader, Track cover) {
        added(maker.attachCover(reader, cover));
    }

    private OutputTrack added(long stream) {
        var track = new OutputTrack(libav, stream, tracks.size(), maker.delay(stream));
        tracks.add(track);
        return track;
    }

    /** Takes over the tags of the whole file, and its chapters. */
    public void describeLike(ContainerReader reader) {
        new FileDescription(libav, reader.context()).copyTo(context());
    }

    /**
     * Writes what comes before all packets.
     *
     * @param options of the format, by FFmpeg's names
     * @throws ContainerException when the format cannot hold the tracks, or the file cannot be written
     */
    public void begin(Map<String, String> options) {
        check((int) Dictionaries.with(
                libav, options, dictionary -> libav.format().avformat_write_header(context(), dictionary)));
        tracks.forEach(OutputTrack::begin);
    }

    /**
     * Writes a packet, and takes its content. The decoding times of a track never fall: what comes too early is put right.
     *
     * @param pts when it is presented, in nanoseconds, or {@link Packet#UNKNOWN_TIME}
     * @param dts when it is decoded, in nanoseconds, or {@link Packet#UNKNOWN_TIME}
     * @param duration in nanoseconds, 0 where it is unknown
     * @return no where the packet is damaged, so that the container cannot hold it: it is left out
     * @throws ContainerException when the file cannot be written, for example because the disk is full
     */
    public boolean write(Packet packet, OutputTrack track, long pts, long dts, long duration) {
        track.stamp(packet.address(), pts, dts, duration);
        int result = libav.format().av_interleaved_write_frame(context(), packet.address());
        if (result == INVALID_DATA) {
            return false;
        }
        check(result);
        return true;
    }

    /**
     * Writes what comes behind all packets, and closes the file: only now it is whole.
     *
     * @throws ContainerException when the file cannot be written
     */
    public void finish() {
        check(libav.format().av_write_trailer(context()));
        check(libav.format().avio_closep(libav.address(context(), AvField.FORMAT_IO)));
    }

    private void check(int result) {
        if (result < 0) {
            throw new ContainerException("cannot write " + file + ": " + libav.error(result));
        }
    }

    private long context() {
        return Memory.getLong(pointer, 0);
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            if (context() != 0) {
                libav.format().avio_closep(libav.address(context(), AvField.FORMAT_IO));
                libav.format().avformat_free_context(context());
            }
            arena.close();
        }
    }
}
