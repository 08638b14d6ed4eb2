package dev.midframe.testkit.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.tensorrt.TensorRtInterpolator;
import dev.midframe.tensorrt.TensorRtInterpolatorFactory;
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

/**
 * Everything an engine needs, in Java: the real factory over a {@link FakeGpu} and a {@link FakeTensorRt}.
 *
 * @param folder where engines are kept
 * @param listener told how far a build is
 * @param settings of engines that have to be built
 */
public record FakeGpuStack(
        FakeGpu gpu, Cuda cuda, FakeTensorRt tensorRt, Path folder, BuildListener listener, BuildSettings settings)
        implements AutoCloseable {

    public static final FrameFormat FORMAT = new FrameFormat(PixelFormat.I420, 38, 22, Colorimetry.BT601_LIMITED);

    public static final String MODEL = "src/test/resources/film-golden/weights.safetensors";

    /** One GPU that does everything at once, and TensorRT of this version (110201 is 11.2.1). */
    public static FakeGpuStack of(int version, Path folder) {
        return of(new FakeGpu(1), version, folder);
    }

    public static FakeGpuStack of(FakeGpu gpu, int version, Path folder) {
        return new FakeGpuStack(
                gpu,
                Cuda.initialize(gpu.driver()),
                new FakeTensorRt(version, gpu),
                folder,
                BuildListener.SILENT,
                BuildSettings.DEFAULT);
    }

    /** The same GPU, its builds reported to another. */
    public FakeGpuStack reportingTo(BuildListener other) {
        return new FakeGpuStack(gpu, cuda, tensorRt, folder, other, settings);
    }

    /** The same GPU, engines built with other settings. */
    public FakeGpuStack with(BuildSettings other) {
        return new FakeGpuStack(gpu, cuda, tensorRt, folder, listener, other);
    }

    /** Asks for an engine on a GPU. */
    public static EngineRequest request(int depth, int device) {
        return new EngineRequest(FORMAT, MODEL, Backend.TENSORRT, depth, 0, device);
    }

    public TensorRtInterpolator open(int depth) {
        return open(request(depth, 0));
    }

    public TensorRtInterpolator open(EngineRequest request) {
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", folder.toString());
        return new TensorRtInterpolatorFactory(environment, new FilmModels(folder), settings)
                .open(request, listener, cuda, tensorRt.load());
    }

    /** Ends the GPU's threads. Fails where something went wrong inside an upcall. */
    @Override
    public void close() {
        assertThat(tensorRt.failures()).isEmpty();
        gpu.close();
    }

    /** The same bytes for the same number. */
    public static VideoFrame frame(int number) {
        byte[] bytes = new byte[(int) FORMAT.packedBytes()];
        new Random(number).nextBytes(bytes);
        return VideoFrame.packed(FORMAT, Arena.ofAuto().allocateFrom(ValueLayout.JAVA_BYTE, bytes));
    }

    public static VideoFrame empty() {
        return VideoFrame.allocate(FORMAT, Arena.ofAuto());
    }

    /** What the engines make of two frames. */
    public static byte[] mix(int first, int second, double time) {
        byte[] a = bytes(frame(first));
        byte[] b = bytes(frame(second));
        for (int i = 0; i < a.length; i++) {
            a[i] = FakeEngine.mix(a[i], b[i], (float) time);
        }
        return a;
    }

    public static byte[] bytes(VideoFrame frame) {
        MemorySegment packed = Arena.ofAuto().allocate(FORMAT.packedBytes());
        VideoFrame.packed(FORMAT, packed).copyFrom(frame);
        return packed.toArray(ValueLayout.JAVA_BYTE);
    }
}
