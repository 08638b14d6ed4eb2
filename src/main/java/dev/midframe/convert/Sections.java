package dev.midframe.convert;

import dev.midframe.container.ContainerException;
import dev.midframe.container.ContainerReader;
import dev.midframe.container.Packet;
import dev.midframe.convert.section.Section;
import dev.midframe.pipeline.MediaBuffer;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.Sample;
import dev.midframe.pipeline.VideoCaps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Divides what a film becomes into sections that can be made one by one, each with the very frames and times of the whole. */
public final class Sections {

    private static final long NANOS = 1_000_000_000;
    private static final long MILLISECOND = 1_000_000;

    /** GStreamer's demuxers go to any frame of these, and tell the same times there. */
    private static final Set<String> SOUGHT_IN_EXACTLY = Set.of("mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm");

    private final Plan plan;
    private final ConvertSettings settings;
    private final Beginning beginning;
    private final long memory;
    private final long maxGap;
    /** Of all real frames, in stream time and in order. */
    private final long[] times;

    /**
     * How GStreamer sees a film begin, in nanoseconds.
     *
     * @param first stream time of the first frame
     * @param origin stream time of the first frame that counts: one that an edit list cuts does not
     * @param running running time of the first frame
     * @param later by how much stream time is later than timestamps
     */
    private record Beginning(long first, long origin, long running, long later) {}

    private Sections(Plan plan, ConvertSettings settings) {
        this.plan = plan;
        this.settings = settings;
        PictureText text = PictureText.of(plan, settings);
        maxGap = text.maxGap();
        beginning = beginning(text);
        memory = memory(text);
        times = times(plan.film(), beginning.first());
    }

    /**
     * Looks at all of a film's packets, and at its first frames.
     *
     * @param output whose ending names the container
     * @throws ContainerException when the film cannot be divided, with the reason
     */
    public static Sections of(Film film, Path output, ConvertSettings settings) {
        whole(film).ifPresent(reason -> {
            throw new ContainerException(film.file() + " cannot be divided: " + reason);
        });
        return new Sections(Planner.plan(film, Container.of(output), settings), settings);
    }

    /** Why a film can only be converted as a whole; empty where it can be divided. */
    public static Optional<String> whole(Film film) {
        if (Feed.caps(film).isPresent() || !SOUGHT_IN_EXACTLY.contains(film.format())) {
            return Optional.of("GStreamer cannot go to a frame of such a file (" + film.format()
                    + ") exactly; copy it to .mkv or .mp4 first");
        }
        return film.pictureFormat().interlaced()
                ? Optional.of("it is interlaced, and pictures are made of fields before and behind")
                : Optional.empty();
    }

    /** Sections of about this length, in order, without a gap. */
    public List<Section> every(long nanos) {
        var cuts = new ArrayList<Long>();
        cuts.add(0L);
        long end = times.length == 0 ? 0 : times[times.length - 1];
        for (long time = nanos; end - time > nanos / 2; time += nanos) {
            int frame = firstFrom(time);
            cuts.add(times[frame] - shortly(frame));
        }
        cuts.add(Long.MAX_VALUE);
        var sections = new ArrayList<Section>();
        for (int i = 0; i + 1 < cuts.size(); i++) {
            sections.add(section(cuts.get(i), cuts.get(i + 1)));
        }
        return sections;
    }

    /**
     * The section between two times of the output.
     *
     * @param from 0 or more
     * @param until later
     * @throws ContainerException when the film has ended before
     */
    public Section between(long from, long until) {
        if (times.length == 0 || from - offset() > times[times.length - 1]) {
            throw new ContainerException(plan.film().file() + " ends before " + (double) from / NANOS + " s");
        }
        return section(
                Math.max(0, from - offset()), until == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, until - offset()));
    }

    /** How many real frames there are. */
    public long frames() {
        return times.length;
    }

    private Section section(long from, long until) {
        // One more where decoders give a part of the frame that the segment begins in.
        int first = firstFrom(from) - (int) memory - 2;
        if (first <= 0) {
            return new Section(0, from, until, 0, 0, beginning.later(), offset());
        }
        long start = times[first] - (times[first] - times[first - 1]) / 4;
        boolean counted = settings.fps().isEmpty();
        return new Section(
                start,
                from,
                until,
                counted ? times[first + 1] - shortly(first + 1) : beginning.origin(),
                counted ? number(first + 1) : 0,
                beginning.later(),
                offset());
    }

    /** A bit before a frame: files count time in other units than GStreamer does. */
    private long shortly(int frame) {
        return frame == 0 ? 0 : Math.min(MILLISECOND, (times[frame] - times[frame - 1]) / 8);
    }

    /** The number of a frame since the count began: with the first, and anew behind each gap. */
    private long number(int frame) {
        int first = frame;
        while (first > 0 && times[first] - times[first - 1] <= maxGap && times[first] > beginning.origin()) {
            first--;
        }
        return frame - first;
    }

    private int firstFrom(long time) {
        int found = Arrays.binarySearch(times, time);
        return Math.min(times.length - 1, found < 0 ? -found - 1 : found);
    }

    private long offset() {
        Film film = plan.film();
        return film.firstTime(film.pictures()).stream()
                        .map(time -> time - film.startNanos())
                        .findFirst()
                        .orElse(beginning.running())
                - beginning.first();
    }

    private static Beginning beginning(PictureText text) {
        try (MediaPipeline media = MediaPipeline.launch(text.withoutInterpolation())) {
            media.keepOneSegment();
            media.play();
            var sink = media.appSink("packets").orElseThrow();
            try (Sample first = sink.pull();
                    Sample second = sink.pull()) {
                if (first == null || first.streamTime() == MediaBuffer.UNKNOWN_TIME) {
                    throw new ContainerException("no picture could be decoded, to see when the film begins");
                }
                boolean cut = second != null && isCut(first, second);
                return new Beginning(
                        first.streamTime(),
                        cut ? second.streamTime() : first.streamTime(),
                        first.runningTime(),
                        first.streamTime() - first.pts());
            }
        }
    }

    /** As the element has it: a part of a frame is shorter than the rate says, and than the frame behind it. */
    private static boolean isCut(Sample first, Sample second) {
        VideoCaps caps = first.caps();
        return caps.rateNumerator() > 0
                && isShorter(first, NANOS * caps.rateDenominator() / caps.rateNumerator())
                && (second.duration() == MediaBuffer.UNKNOWN_TIME || isShorter(first, second.duration()));
    }

    private static boolean isShorter(Sample sample, long whole) {
        return sample.duration() != MediaBuffer.UNKNOWN_TIME && sample.duration() < whole * 9 / 10;
    }

    private static long memory(PictureText text) {
        try (MediaPipeline media = MediaPipeline.launch(PipelineDescription.of(
                "midframe duplicates=${duplicates} ! fakesink",
                Map.of("duplicates", text.settings().duplicates())))) {
            return media.elements("midframe").getFirst().number("memory");
        }
    }

    private static long[] times(Film film, long first) {
        var shown = LongStream.builder();
        try (var reader = ContainerReader.open(film.file());
                var packet = new Packet()) {
            while (reader.read(packet)) {
                if (packet.track() == film.pictures().index() && !packet.isDiscarded()) {
                    if (packet.pts() == Packet.UNKNOWN_TIME) {
                        throw new ContainerException(film.file() + " cannot be divided: its packets have no times");
                    }
                    shown.add(packet.pts());
                }
            }
        }
        long[] sorted = shown.build().sorted().toArray();
        return LongStream.of(sorted).map(time -> time - sorted[0] + first).toArray();
    }
}
