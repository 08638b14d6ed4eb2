package dev.midframe.container;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.av.AvField;
import dev.midframe.ffi.av.Libav;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A file that is read packet by packet, in the file's own order. Whoever opened it closes it; one thread at a time uses it. */
public final class ContainerReader implements AutoCloseable {

    private static final long MICROS = 1000;
    private static final int TIMES_JUMP = 0x0200;

    /** They name other files and addresses, which nobody has asked for. */
    private static final Set<String> LISTS = Set.of("hls", "concat", "dash", "ffconcat", "imf", "sdp", "rtsp");

    private final Libav libav;
    private final Arena arena = Arena.ofShared();
    private final long pointer = arena.allocate(ValueLayout.JAVA_LONG).address();
    private final String format;
    private final List<Track> tracks;

    private ContainerReader(Libav libav, Path file) {
        this.libav = libav;
        try {
            format = openFormat(file);
            TrackFields fields = new TrackFields(libav);
            tracks = IntStream.range(0, libav.getInt(context(), AvField.FORMAT_STREAM_COUNT))
                    .mapToObj(index -> fields.read(stream(index)))
                    .toList();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens a file and finds out what it holds.
     *
     * @throws ContainerException when it cannot be read or is no film, in one line
     * @throws LinkageError when libavformat is missing
     */
    public static ContainerReader open(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ContainerException("cannot read " + file + ": "
                    + (Files.exists(file) ? "it is no file that may be read" : "there is no such file"));
        }
        return new ContainerReader(Libav.get(), file);
    }

    private String openFormat(Path file) {
        Map<String, String> options = Map.of("protocol_whitelist", "file", "probesize", "50000000");
        long url = arena.allocateFrom("file:" + file.toAbsolutePath()).address();
        check(
                (int) Dictionaries.with(
                        libav, options, dictionary -> libav.format().avformat_open_input(pointer, url, 0, dictionary)),
                file);
        String name = String.valueOf(
                Memory.text(libav.getLong(libav.getLong(context(), AvField.FORMAT_INPUT), AvField.INPUT_NAME)));
        if (LISTS.contains(name)) {
            throw new ContainerException(file + " is a list of other files (" + name + "), not a film; name the film");
        }
        check(libav.format().avformat_find_stream_info(context(), 0), file);
        return name;
    }

    private void check(int result, Path file) {
        if (result < 0) {
            throw new ContainerException(file + " is no film that can be read: " + libav.error(result));
        }
    }

    /** FFmpeg's names of the format, such as {@code mov,mp4,m4a,3gp,3g2,mj2}. */
    public String format() {
        return format;
    }

    /** All tracks, in the order of their indices. */
    public List<Track> tracks() {
        return tracks;
    }

    /** Tags of the whole file, such as {@code title}. */
    public Map<String, String> tags() {
        return Dictionaries.read(libav, libav.getLong(context(), AvField.FORMAT_METADATA));
    }

    /** When the first track begins, in nanoseconds; 0 where that is unknown. */
    public long startNanos() {
        long micros = libav.getLong(context(), AvField.FORMAT_START_TIME);
        return micros == Packet.UNKNOWN_TIME ? 0 : micros * MICROS;
    }

    /** How long the file says it is, in nanoseconds; 0 where it does not. */
    public long durationNanos() {
        long micros = libav.getLong(context(), AvField.FORMAT_DURATION);
        return micros == Packet.UNKNOWN_TIME ? 0 : micros * MICROS;
    }

    /** Whether times of this format begin anywhere and may jump, as those of a broadcast do. */
    public boolean timesJump() {
        return (libav.getInt(libav.getLong(context(), AvField.FORMAT_INPUT), AvField.INPUT_FLAGS) & TIMES_JUMP) != 0;
    }

    /**
     * Reads the next packet.
     *
     * @return whether there was one: no at the end, and where a damaged file cannot be read any further
     */
    public boolean read(Packet packet) {
        packet.clear();
        if (libav.format().av_read_frame(context(), packet.address()) < 0) {
            return false;
        }
        int track = packet.track();
        // A track that appears later, as in a broadcast, is not one of those that were asked for.
        packet.countedIn(track < tracks.size() ? tracks.get(track).timeBase() : new Rational(1, 1));
        return true;
    }

    long context() {
        return Memory.getLong(pointer, 0);
    }

    long stream(int index) {
        return Memory.getLong(libav.getLong(context(), AvField.FORMAT_STREAMS), index * Long.BYTES);
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            libav.format().avformat_close_input(pointer);
            arena.close();
        }
    }
}
