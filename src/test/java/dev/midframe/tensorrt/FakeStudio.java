package dev.midframe.tensorrt;

import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.tensorrt.build.BuildSettings;
import dev.midframe.tensorrt.cuda.Cuda;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/** Everything an engine needs, in Java: the real factory over a {@link FakeGpu} and a {@link FakeTensorRt}. */
public record FakeStudio(
        FakeGpu gpu, FakeTensorRt tensorRt, Path folder, BuildListener listener, BuildSettings settings) {

    public static final FrameFormat FORMAT = new FrameFormat(PixelFormat.I420, 38, 22, Colorimetry.BT601_LIMITED);

    public static final String MODEL = "src/test/resources/film-golden/weights.safetensors";

    public static FakeStudio of(int version, Path folder, long maxDelayNanos) {
        FakeGpu gpu = new FakeGpu(1, maxDelayNanos);
        return new FakeStudio(gpu, new FakeTensorRt(version, gpu), folder, BuildListener.SILENT, BuildSettings.DEFAULT);
    }

    FrameInterpolator open(int depth) {
        EngineRequest request = new EngineRequest(FORMAT, MODEL, Backend.TENSORRT, depth, 0, 0);
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", folder.toString());
        return new TensorRtInterpolatorFactory(environment, new FilmModels(folder), settings)
                .open(request, listener, Cuda.initialize(gpu.driver()), tensorRt.load());
    }

    /** The same bytes for the same number. */
    public static VideoFrame frame(int number) {
        byte[] bytes = new byte[(int) FORMAT.packedBytes()];
        new Random(number).nextBytes(bytes);
        return VideoFrame.packed(FORMAT, Arena.ofAuto().allocateFrom(ValueLayout.JAVA_BYTE, bytes));
    }

    static VideoFrame empty() {
        return VideoFrame.allocate(FORMAT, Arena.ofAuto());
    }

    /** What the engines make of two frames. */
    static byte[] mix(int first, int second, double time) {
        byte[] a = bytes(frame(first));
        byte[] b = bytes(frame(second));
        for (int i = 0; i < a.length; i++) {
            a[i] = FakeEngine.mix(a[i], b[i], (float) time);
        }
        return a;
    }

    static byte[] bytes(VideoFrame frame) {
        MemorySegment packed = Arena.ofAuto().allocate(FORMAT.packedBytes());
        VideoFrame.packed(FORMAT, packed).copyFrom(frame);
        return packed.toArray(ValueLayout.JAVA_BYTE);
    }
}
