package dev.midframe.onnx.kernels.blending;

import dev.midframe.film.model.Channels;
import dev.midframe.onnx.kernels.Computation;
import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Lanes;
import dev.midframe.onnx.kernels.ParallelRows;
import dev.midframe.onnx.kernels.Scratch;
import dev.midframe.onnx.kernels.sampling.FlowRows;
import dev.midframe.onnx.kernels.sampling.HalfChroma;
import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/** {@link CustomOp#BLEND_HEAD_INPUT}, and {@link CustomOp#INT8_BLEND_HEAD_INPUT}. */
public record BlendHeadInput(int block, boolean quantized, Scratch scratch) implements Computation {

    private static final long NANOS_PER_POSITION = 70;
    private static final long CORRECTION_NANOS = 10;

    @Override
    public void run(List<FloatTensor> inputs, Outputs outputs, ParallelRows parallel) {
        Operands.BlendHeadInput<FloatTensor> in = Operands.BlendHeadInput.of(inputs);
        FloatTensor output = in.decoderOutput();
        int features = (int) in.parameters().get(0);
        int height = in.pictures().firstLuma().height() / 2;
        int width = in.pictures().firstLuma().width() / 2;
        int factor = (int) Math.round(Math.sqrt((double) output.channels() / stored(features + Channels.FLOWS)));
        DecoderOutput decoded = new DecoderOutput(output, features, factor, block);
        int reduction = height / (output.height() * factor);

        FloatTensor seen = quantized
                ? outputs.allocate(0, 1, height, width, Channels.PICTURES + features)
                : outputs.allocate(0, 1, stored(features + Channels.PICTURES), height, width);
        FloatTensor flows = outputs.allocate(1, 1, Channels.FLOWS, height, width);
        FloatTensor warpedChroma = outputs.allocate(
                2,
                1,
                4,
                in.pictures().firstChroma().height(),
                in.pictures().firstChroma().width());
        FloatTensor warpedLuma = outputs.allocate(3, 1, 2, 2 * height, 2 * width);
        FloatTensor moving = outputs.allocate(4, 1, 1, height, width);
        try (PictureArrays lumaPlanes = new PictureArrays(
                        in.pictures().firstLuma(), in.pictures().secondLuma(), scratch);
                PictureArrays chromaPlanes = new PictureArrays(
                        in.pictures().firstChroma(), in.pictures().secondChroma(), scratch)) {
            int chromaLines = warpedChroma.height() / height;
            correct(decoded, in, reduction, flows, parallel, (from, to) -> {
                lumaPlanes.copy(2 * from, 2 * to);
                chromaPlanes.copy(chromaLines * from, chromaLines * to);
            });
            for (int step = 0; step < in.parameters().get(1); step++) {
                new LucasKanadeStep(lumaPlanes.planes(), flows).run(parallel);
            }
            MotionMask.write(in.pictures(), flows, moving, scratch, parallel);
            int reach = (int) in.parameters().get(2);
            parallel.run(height, NANOS_PER_POSITION * width, (from, to) -> {
                BlendHeadRows rows = quantized
                        ? new Int8BlendHeadRows(seen, Objects.requireNonNull(in.quantization()), features, block)
                        : new NchwcBlendHeadRows(seen, features, block);
                UnseenVectors unseen = new UnseenVectors(moving, reach);
                PictureSampler ofLuma = new PictureSampler(lumaPlanes.planes(), flows, warpedLuma, unseen);
                PictureSampler ofChroma = new PictureSampler(chromaPlanes.planes(), flows, warpedChroma, unseen);
                HalfChroma half = new HalfChroma(warpedChroma, width, height);
                for (int y = from; y < to; y++) {
                    unseen.look(y);
                    ofLuma.warp(y);
                    ofChroma.warp(y);
                    rows.features(decoded, y, reduction);
                    put(warpedLuma, half, y, rows);
                    rows.write(y);
                }
            });
        }
    }

    /**
     * The flows of level 0 with the decoder's corrections, at half the picture's size.
     *
     * @param also is run for each of their rows, too
     */
    private static void correct(
            DecoderOutput decoded,
            Operands.BlendHeadInput<FloatTensor> in,
            int reduction,
            FloatTensor flows,
            ParallelRows parallel,
            ParallelRows.Loop also) {
        int height = flows.height() / reduction;
        int width = flows.width() / reduction;
        if (reduction == 1) {
            parallel.run(height, CORRECTION_NANOS * width, (from, to) -> {
                decoded.correct(in.toFirst(), in.toSecond(), flows, from, to);
                also.run(from, to);
            });
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate((long) Channels.FLOWS * height * width * Float.BYTES, 64);
            // Open to other threads, which have ended with it when the arena does.
            MemorySegment shared = MemorySegment.ofAddress(memory.address()).reinterpret(memory.byteSize());
            FloatTensor small = new FloatTensor(shared, 1, Channels.FLOWS, height, width);
            parallel.run(
                    height,
                    CORRECTION_NANOS * width,
                    (from, to) -> decoded.correct(in.toFirst(), in.toSecond(), small, from, to));
            parallel.run(flows.height(), CORRECTION_NANOS * flows.width(), (from, to) -> {
                enlarge(small, flows, from, to);
                also.run(from, to);
            });
        }
    }

    /** Both warped pictures' part of a row. */
    private static void put(FloatTensor luma, HalfChroma chroma, int y, BlendHeadRows rows) {
        float[] line = new float[Lanes.whole(luma.width())];
        for (int side = 0; side < 2; side++) {
            for (int lower = 0; lower < 2; lower++) {
                long row = (long) side * luma.height() + 2L * y + lower;
                luma.read(row * luma.width(), line, 0, luma.width());
                rows.luma(side, lower, line);
            }
            for (int channel = 0; channel < 2; channel++) {
                chroma.read(2 * side + channel, y, line);
                rows.chroma(side, channel, line);
            }
        }
    }

    private static void enlarge(FloatTensor small, FloatTensor large, int from, int to) {
        int factor = large.width() / small.width();
        for (int side = 0; side < 2; side++) {
            FlowRows rows = new FlowRows(small, 2 * side, factor, factor);
            for (int y = from; y < to; y++) {
                rows.read(y);
                long line = 2L * side * large.plane() + (long) y * large.width();
                large.write(rows.x, large.width(), line);
                large.write(rows.y, large.width(), line + large.plane());
            }
        }
    }

    private int stored(int channels) {
        return Math.ceilDiv(channels, block) * block;
    }
}
