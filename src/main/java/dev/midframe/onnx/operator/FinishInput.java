package dev.midframe.onnx.operator;

import dev.midframe.film.CpuOperator;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Stream;

/** {@link CpuOperator#FINISH_INPUT}, and {@link CpuOperator#BYTES_FINISH_INPUT}. */
record FinishInput(int block, boolean bytes, Scratch scratch) implements Computation {

    private static final int FLOWS = 4;

    @Override
    public void run(FloatTensor[] inputs, Outputs outputs) {
        FloatTensor[] luma = {inputs[0], inputs[2]};
        FloatTensor[] chroma = {inputs[1], inputs[3]};
        FloatTensor decoded = inputs[6];
        int height = luma[0].height() / 2;
        int width = luma[0].width() / 2;
        FloatTensor flows = outputs.allocate(1, 1, FLOWS, height, width);
        int features = (int) inputs[7].get(0);
        int factor = (int) Math.round(Math.sqrt((double) decoded.channels() / stored(features + FLOWS)));
        Decoded pixels = new Decoded(decoded, features, factor, block);
        int reduction = height / (decoded.height() * factor);
        if (reduction == 1) {
            pixels.correct(inputs[4], inputs[5], flows);
        } else {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory =
                        arena.allocate((long) FLOWS * height * width / (reduction * reduction) * Float.BYTES, 64);
                FloatTensor small = new FloatTensor(memory, 1, FLOWS, height / reduction, width / reduction);
                pixels.correct(inputs[4], inputs[5], small);
                enlarge(small, flows);
            }
        }
        FloatTensor warpedChroma = outputs.allocate(2, 1, 4, chroma[0].height(), chroma[0].width());
        FloatTensor warpedLuma = outputs.allocate(3, 1, 2, 2 * height, 2 * width);
        for (int side = 0; side < 2; side++) {
            warp(luma[side], flows, side, warpedLuma);
            warp(chroma[side], flows, side, warpedChroma);
        }
        int pictures = 2 * Details.SIDE;
        Details details = bytes
                ? new BytesDetails(
                        outputs.allocate(0, 1, height, width, pictures + features), inputs[8], features, block)
                : new BlockDetails(outputs.allocate(0, 1, stored(features + pictures), height, width), features, block);
        HalfChroma half = new HalfChroma(warpedChroma, width, height);
        float[] line = new float[Lanes.whole(2 * width)];
        for (int y = 0; y < height; y++) {
            details.features(pixels, y, reduction);
            for (int side = 0; side < 2; side++) {
                for (int lower = 0; lower < 2; lower++) {
                    warpedLuma.read(
                            ((long) side * height + y) * 4 * width + (long) lower * 2 * width, line, 0, 2 * width);
                    details.luma(side, lower, line);
                }
                for (int channel = 0; channel < 2; channel++) {
                    half.read(2 * side + channel, y, line);
                    details.chroma(side, channel, line);
                }
            }
            details.write(y);
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
