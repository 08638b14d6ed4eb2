package dev.midframe.tensorrt.run;

import dev.midframe.film.graph.Precision;
import dev.midframe.tensorrt.cuda.CudaContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;

/**
 * The kernels of {@code native/cuda/film_kernels.cu} on a device. Features are channel-last, in multiples of eight channels; flows
 * are [2,2,h,w], the forward and the backward one, x and y, in pixels of their size.
 */
final class FilmKernels {

    private static final int THREADS = 256;
    private static final int CHANNELS_OF_THREAD = 8;

    /** Channels of the decoder's input behind the warped features. */
    private static final int TAIL = 16;

    private static final int PLANES = 4;

    private final CudaContext cuda;
    private final MemorySegment enlargeFlow;
    private final MemorySegment warpOthers;
    private final MemorySegment fusionInput;

    /** @param precision of features and images */
    FilmKernels(CudaContext cuda, Precision precision) {
        this.cuda = cuda;
        MemorySegment module = cuda.module(ptx());
        String type = precision == Precision.FP16 ? "_half" : "_float";
        this.enlargeFlow = cuda.kernel(module, "enlarge_flow");
        this.warpOthers = cuda.kernel(module, "warp_others" + type);
        this.fusionInput = cuda.kernel(module, "fusion_input" + type);
    }

    private static byte[] ptx() {
        try (InputStream ptx = FilmKernels.class.getResourceAsStream("film_kernels.ptx")) {
            if (ptx == null) {
                throw new IllegalStateException("film_kernels.ptx is missing from this program");
            }
            return ptx.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("film_kernels.ptx cannot be read", e);
        }
    }

    /**
     * A flow at twice its size.
     *
     * @param height of the result, in pixels
     * @param width likewise
     */
    void enlargeFlow(long coarse, long fine, int height, int width, MemorySegment stream) {
        launch(enlargeFlow, width, height, PLANES, stream, coarse, fine, height, width);
    }

    /**
     * Two pictures' features [2,C,h,w]: the second one's, warped by the forward flow, and the first one's by the backward flow.
     *
     * @param channels C
     */
    void warpOthers(
            long first,
            long second,
            long flow,
            long warped,
            int channels,
            int height,
            int width,
            MemorySegment stream) {
        int groups = channels / CHANNELS_OF_THREAD;
        launch(warpOthers, groups * width, height, 2, stream, first, second, flow, warped, groups, height, width);
    }

    /**
     * Both pictures' features [1,C,h,w], warped to a time, then both images, both flows, x and y each, and zeros.
     *
     * @param images of eight channels, of which three count, the earlier one first; empty where the decoder takes none
     * @param time address of the time, a float
     * @param aligned [1,2C+16,h,w]
     * @param channels C
     */
    void fusionInput(
            long first,
            long second,
            long[] images,
            long flow,
            long time,
            long aligned,
            int channels,
            int height,
            int width,
            MemorySegment stream) {
        int groups = channels / CHANNELS_OF_THREAD;
        int all = 2 * groups + TAIL / CHANNELS_OF_THREAD;
        long firstImage = images.length == 0 ? 0 : images[0];
        long secondImage = images.length == 0 ? 0 : images[1];
        launch(
                fusionInput,
                all * width,
                height,
                1,
                stream,
                first,
                second,
                firstImage,
                secondImage,
                flow,
                time,
                aligned,
                groups,
                height,
                width);
    }

    private void launch(
            MemorySegment kernel, int columns, int rows, int pictures, MemorySegment stream, long... parameters) {
        cuda.launch(kernel, Math.ceilDiv(columns, THREADS), rows, pictures, THREADS, stream, parameters);
    }
}
