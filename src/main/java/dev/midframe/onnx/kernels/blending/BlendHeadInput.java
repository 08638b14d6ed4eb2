package dev.midframe.onnx.kernels.blending;

import dev.midframe.film.model.Channels;
import dev.midframe.onnx.kernels.Computation;
import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Lanes;
import dev.midframe.onnx.kernels.Scratch;
import dev.midframe.onnx.kernels.sampling.BicubicRows;
import dev.midframe.onnx.kernels.sampling.FlowRows;
import dev.midframe.onnx.kernels.sampling.HalfChroma;
import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** {@link CustomOp#BLEND_HEAD_INPUT}, and {@link CustomOp#INT8_BLEND_HEAD_INPUT}. */
public record BlendHeadInput(int block, boolean quantized, Scratch scratch) implements Computation {

    @Override
    public void run(List<FloatTensor> inputs, Outputs outputs) {
        Operands.BlendHeadInput<FloatTensor> in = Operands.BlendHeadInput.of(inputs);
        FloatTensor[] luma = {in.pictures().firstLuma(), in.pictures().secondLuma()};
        FloatTensor[] chroma = {in.pictures().firstChroma(), in.pictures().secondChroma()};
        FloatTensor output = in.decoderOutput();
        int features = (int) in.features().get(0);
        int height = luma[0].height() / 2;
        int width = luma[0].width() / 2;
        int factor = (int) Math.round(Math.sqrt((double) output.channels() / stored(features + Channels.FLOWS)));
        DecoderOutput decoded = new DecoderOutput(output, features, factor, block);
        int reduction = height / (output.height() * factor);

        FloatTensor flows = outputs.allocate(1, 1, Channels.FLOWS, height, width);
        correct(decoded, in.toFirst(), in.toSecond(), reduction, flows);
        FloatTensor warpedChroma = outputs.allocate(2, 1, 4, chroma[0].height(), chroma[0].width());
        FloatTensor warpedLuma = outputs.allocate(3, 1, 2, 2 * height, 2 * width);
        for (int side = 0; side < 2; side++) {
            warp(luma[side], flows, side, warpedLuma);
            warp(chroma[side], flows, side, warpedChroma);
        }
        BlendHeadRows rows = quantized
                ? new Int8BlendHeadRows(
                        outputs.allocate(0, 1, height, width, Channels.PICTURES + features),
                        Objects.requireNonNull(in.quantization()),
                        features,
                        block)
                : new NchwcBlendHeadRows(
                        outputs.allocate(0, 1, stored(features + Channels.PICTURES), height, width), features, block);
        HalfChroma half = new HalfChroma(warpedChroma, width, height);
        for (int y = 0; y < height; y++) {
            rows.features(decoded, y, reduction);
            put(warpedLuma, half, y, rows);
            rows.write(y);
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
            MemorySegment memory = arena.allocate((long) Channels.FLOWS * height * width * Float.BYTES, 64);
            FloatTensor small = new FloatTensor(memory, 1, Channels.FLOWS, height, width);
            decoded.correct(toFirst, toSecond, small);
            enlarge(small, flows);
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
