package dev.midframe.onnx.kernels.blending;

import dev.midframe.film.graph.CustomOp;
import dev.midframe.onnx.kernels.Computation;
import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Lanes;
import dev.midframe.onnx.kernels.Scratch;
import dev.midframe.onnx.kernels.sampling.BicubicRows;
import dev.midframe.onnx.kernels.sampling.FlowRows;
import dev.midframe.onnx.kernels.sampling.HalfChroma;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Stream;

/** {@link CustomOp#BLEND_HEAD_INPUT}, and {@link CustomOp#INT8_BLEND_HEAD_INPUT}. */
public record BlendHeadInput(int block, boolean bytes, Scratch scratch) implements Computation {

    private static final int FLOWS = 4;

    @Override
    public void run(FloatTensor[] inputs, Outputs outputs) {
        FloatTensor[] luma = {inputs[0], inputs[2]};
        FloatTensor[] chroma = {inputs[1], inputs[3]};
        FloatTensor answer = inputs[6];
        int features = (int) inputs[7].get(0);
        int height = luma[0].height() / 2;
        int width = luma[0].width() / 2;
        int factor = (int) Math.round(Math.sqrt((double) answer.channels() / stored(features + FLOWS)));
        DecoderOutput decoded = new DecoderOutput(answer, features, factor, block);
        int reduction = height / (answer.height() * factor);

        FloatTensor flows = outputs.allocate(1, 1, FLOWS, height, width);
        correct(decoded, inputs[4], inputs[5], reduction, flows);
        FloatTensor warpedChroma = outputs.allocate(2, 1, 4, chroma[0].height(), chroma[0].width());
        FloatTensor warpedLuma = outputs.allocate(3, 1, 2, 2 * height, 2 * width);
        for (int side = 0; side < 2; side++) {
            warp(luma[side], flows, side, warpedLuma);
            warp(chroma[side], flows, side, warpedChroma);
        }
        int pictures = 2 * BlendHeadRows.SIDE;
        BlendHeadRows details = bytes
                ? new Int8BlendHeadRows(
                        outputs.allocate(0, 1, height, width, pictures + features), inputs[8], features, block)
                : new NchwcBlendHeadRows(
                        outputs.allocate(0, 1, stored(features + pictures), height, width), features, block);
        HalfChroma half = new HalfChroma(warpedChroma, width, height);
        for (int y = 0; y < height; y++) {
            details.features(decoded, y, reduction);
            put(warpedLuma, half, y, details);
            details.write(y);
        }
    }

    /** The flows of level 0 with the decoder's corrections, at half the picture's size. */
    private static void correct(
            DecoderOutput decoded, FloatTensor toFirst, FloatTensor toSecond, int reduction, FloatTensor flows) {
        if (reduction == 1) {
            decoded.correct(toFirst, toSecond, flows);
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            int height = flows.height() / reduction;
            int width = flows.width() / reduction;
            MemorySegment memory = arena.allocate((long) FLOWS * height * width * Float.BYTES, 64);
            FloatTensor small = new FloatTensor(memory, 1, FLOWS, height, width);
            decoded.correct(toFirst, toSecond, small);
            enlarge(small, flows);
        }
    }

    /** Both warped pictures' part of a row. */
    private static void put(FloatTensor luma, HalfChroma chroma, int y, BlendHeadRows details) {
        float[] line = new float[Lanes.whole(luma.width())];
        for (int side = 0; side < 2; side++) {
            for (int lower = 0; lower < 2; lower++) {
                long row = (long) side * luma.height() + 2L * y + lower;
                luma.read(row * luma.width(), line, 0, luma.width());
                details.luma(side, lower, line);
            }
            for (int channel = 0; channel < 2; channel++) {
                chroma.read(2 * side + channel, y, line);
                details.chroma(side, channel, line);
            }
        }
    }

    private static void enlarge(FloatTensor small, FloatTensor large) {
        int factor = large.width() / small.width();
        for (int side = 0; side < 2; side++) {
            FlowRows rows = new FlowRows(small, 2 * side, factor, factor);
            for (int y = 0; y < large.height(); y++) {
                rows.read(y);
                long line = 2L * side * large.plane() + (long) y * large.width();
                large.write(rows.x, large.width(), line);
                large.write(rows.y, large.width(), line + large.plane());
            }
        }
    }

    /** Warps one side's planes. */
    private void warp(FloatTensor picture, FloatTensor flows, int side, FloatTensor warped) {
        BicubicRows sampler = new BicubicRows(picture.width(), picture.height());
        FlowRows rows = new FlowRows(
                flows, 2 * side, picture.width() / flows.width(), picture.height() / flows.height(), sampler.stored());
        float[] line = new float[sampler.stored()];
        float[][] planes = new float[picture.channels()][];
        Arrays.setAll(planes, channel -> picture.copy(channel, scratch));
        for (int y = 0; y < picture.height(); y++) {
            rows.read(y);
            sampler.locate(rows.x, rows.y, y);
            for (int channel = 0; channel < planes.length; channel++) {
                sampler.sample(planes[channel], line);
                long plane = (long) side * planes.length + channel;
                warped.write(line, picture.width(), plane * picture.plane() + (long) y * picture.width());
            }
        }
        Stream.of(planes).forEach(scratch::giveBack);
    }

    private int stored(int channels) {
        return Math.ceilDiv(channels, block) * block;
    }
}
