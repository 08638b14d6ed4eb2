package dev.midframe.element.properties;

import dev.midframe.cadence.CadenceSettings;
import dev.midframe.cadence.Duplicates;
import dev.midframe.cadence.SceneChange;
import dev.midframe.cadence.change.ChangeDetector;
import dev.midframe.element.properties.PropertyType.Choice;
import dev.midframe.element.properties.PropertyType.FractionType;
import dev.midframe.element.properties.PropertyType.Number;
import dev.midframe.element.properties.PropertyType.Text;
import dev.midframe.element.stream.EngineState;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.MotionSize;
import dev.midframe.interpolation.PairsInFlight;
import java.util.List;

/** The element's properties, in the order in which they are listed. */
public final class Properties {

    /** An hour: sums of it are far from an overflow. */
    private static final long LARGEST_MAX_GAP = 3_600_000_000_000L;

    private Properties() {}

    public static List<Property<?>> all() {
        return List.of(
                Property.setting(
                        "factor",
                        "How many frames leave for one that comes, 1 to 16; excludes fps",
                        new FractionType(Settings.DEFAULT_FACTOR),
                        Settings::factor,
                        (s, v) -> s.factor = v),
                Property.setting(
                        "fps",
                        "Frames a second that leave, up to 1000, on an exact grid; 0/1 leaves the rate to factor",
                        new FractionType(Settings.UNSET),
                        s -> s.fps,
                        (s, v) -> s.fps = v),
                Property.setting(
                        "model",
                        "Name of the FILM model, or auto for the engine's default",
                        new Text("auto"),
                        s -> s.model,
                        (s, v) -> s.model = v),
                Property.setting(
                        "backend",
                        "Engine: the best that works here, ONNX Runtime on the CPU, or TensorRT on an NVIDIA GPU",
                        new Choice<>(Backend.AUTO),
                        s -> s.backend,
                        (s, v) -> s.backend = v),
                Property.setting(
                        "depth",
                        "Pairs of frames in flight: 1 for the lowest latency, more for throughput, 0 for 1 in live streams"
                                + " and otherwise one per processor",
                        Number.whole(0, PairsInFlight.MOST, 0),
                        s -> s.depth,
                        (s, v) -> s.depth = v),
                Property.setting(
                        "threads",
                        "CPU threads of the engine, 0 for one per processor",
                        Number.whole(0, 1024, 0),
                        s -> s.threads,
                        (s, v) -> s.threads = v),
                Property.setting(
                        "device",
                        "Number of the GPU, 0 for the first",
                        Number.whole(0, 63, 0),
                        s -> s.device,
                        (s, v) -> s.device = v),
                Property.setting(
                        "motion-size",
                        "At which size motion is found: the engine's choice, the pictures' own, or half of it, for speed",
                        new Choice<>(MotionSize.AUTO),
                        s -> s.motionSize,
                        (s, v) -> s.motionSize = v),
                Property.setting(
                        "on-overload",
                        "When the engine is slower than the stream: wait, or leave generated frames out",
                        new Choice<>(OnOverload.BLOCK),
                        s -> s.onOverload,
                        (s, v) -> s.onOverload = v),
                Property.setting(
                        "scene-change",
                        "What is shown across a cut: the last frame again, a mix, or generated frames as if there were none",
                        new Choice<>(SceneChange.REPEAT),
                        s -> s.sceneChange,
                        (s, v) -> s.sceneChange = v),
                Property.setting(
                        "scene-threshold",
                        "How different two pictures must be for a cut, above 0 to 1",
                        Number.real(0.01, 1, ChangeDetector.DEFAULT_SCENE_THRESHOLD),
                        s -> s.sceneThreshold,
                        (s, v) -> s.sceneThreshold = v),
                Property.setting(
                        "duplicates",
                        "What happens to frames that repeat their predecessor: they stay, or give way to frames in between",
                        new Choice<>(Duplicates.KEEP),
                        s -> s.duplicates,
                        (s, v) -> s.duplicates = v),
                Property.setting(
                        "max-gap",
                        "Frames further apart than this, in nanoseconds, are not interpolated",
                        Number.count(CadenceSettings.DEFAULT_MAX_GAP_NANOS, LARGEST_MAX_GAP),
                        s -> s.maxGapNanos,
                        (s, v) -> s.maxGapNanos = v),
                Property.setting(
                        "mask",
                        "PNG file as large as the video: where it is bright, generated frames show the nearer real one",
                        new Text(""),
                        s -> s.mask,
                        (s, v) -> s.mask = v),
                Property.setting(
                        "from",
                        "Frames before this stream time, in nanoseconds, do not leave",
                        Number.count(0, Long.MAX_VALUE),
                        s -> s.from,
                        (s, v) -> s.from = v),
                Property.setting(
                        "until",
                        "At the first frame that is not before this stream time, in nanoseconds, the stream ends",
                        Number.count(Settings.NEVER, Long.MAX_VALUE),
                        s -> s.until,
                        (s, v) -> s.until = v),
                Property.setting(
                        "origin",
                        "Stream time in nanoseconds where the count of output frames began; the greatest: with the stream",
                        Number.count(Settings.NEVER, Long.MAX_VALUE),
                        s -> s.origin,
                        (s, v) -> s.origin = v),
                Property.setting(
                        "origin-frame",
                        "With a factor: the number of the first real frame that is not before the origin",
                        Number.count(0, Long.MAX_VALUE),
                        s -> s.originFrame,
                        (s, v) -> s.originFrame = v),
                Property.reading(
                        "memory",
                        "How many real frames back what leaves depends on, at most",
                        Number.count(new Settings().memoryFrames(), Long.MAX_VALUE),
                        e -> e.settings().memoryFrames()),
                Property.reading(
                        "frame-before",
                        "Stream time of the last frame before from; the greatest: none came",
                        Number.count(Settings.NEVER, Long.MAX_VALUE),
                        e -> e.stretch().before()),
                Property.reading(
                        "frame-after",
                        "Stream time of the first frame behind until; the greatest: none came",
                        Number.count(Settings.NEVER, Long.MAX_VALUE),
                        e -> e.stretch().after()),
                Property.reading(
                        "frames-in", "Frames that came", Number.count(0, Long.MAX_VALUE), e -> e.counters().in),
                Property.reading(
                        "frames-out", "Frames that left", Number.count(0, Long.MAX_VALUE), e -> e.counters().out),
                Property.reading(
                        "frames-generated",
                        "Frames that left and did not come: interpolated or blended",
                        Number.count(0, Long.MAX_VALUE),
                        e -> e.counters().generated),
                Property.reading(
                        "frames-skipped",
                        "Frames that were not generated, to keep up",
                        Number.count(0, Long.MAX_VALUE),
                        e -> e.counters().skipped),
                Property.reading(
                        "engine-state",
                        "Whether the engine is being opened, or is open",
                        new Choice<>(EngineState.NONE),
                        e -> e.engine().state()),
                Property.reading("engine", "The engine at work", new Text("none"), e -> e.engine()
                        .description()));
    }
}
