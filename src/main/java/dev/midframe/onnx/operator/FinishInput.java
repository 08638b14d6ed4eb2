package dev.midframe.onnx.operator;

import dev.midframe.film.CpuOperator;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;

/** {@link CpuOperator#FINISH_INPUT}. */
record FinishInput(int block, Scratch scratch) implements Computation {

    private static final int FLOWS = 4;

    /** Luma as four channels and chroma as two, of one side. */
    private static final int SIDE = 6;

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
        for (int side = 0; side < 2; side++) {
            warpChroma(chroma[side], flows, side, warpedChroma);
        }
        FloatTensor details = outputs.allocate(0, 1, stored(features + 2 * SIDE), height, width);
        if (details.channels() > features + 2 * SIDE) {
            details.data().fill((byte) 0); // What fills a block up meets weights of zero, but must be a number.
        }
        compose(luma, flows, warpedChroma, pixels, reduction, features, details);
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

    private void warpChroma(FloatTensor chroma, FloatTensor flows, int side, FloatTensor warped) {
        BicubicRows sampler = new BicubicRows(chroma.width(), chroma.height());
        FlowRows rows = new FlowRows(
                flows, 2 * side, chroma.width() / flows.width(), chroma.height() / flows.height(), sampler.stored());
        float[] line = new float[sampler.stored()];
        float[][] planes = {chroma.copy(0, scratch), chroma.copy(1, scratch)};
        for (int y = 0; y < chroma.height(); y++) {
            rows.read(y);
            sampler.locate(rows.x, rows.y, y);
            for (int channel = 0; channel < 2; channel++) {
                sampler.sample(planes[channel], line);
                long target = (2L * side + channel) * chroma.plane() + (long) y * chroma.width();
                warped.write(line, chroma.width(), target);
            }
        }
        Stream.of(planes).forEach(scratch::giveBack);
    }

    private void compose(
            FloatTensor[] luma,
            FloatTensor flows,
            FloatTensor warpedChroma,
            Decoded pixels,
            int reduction,
            int features,
            FloatTensor details) {
        int width = details.width();
        BicubicRows sampler = new BicubicRows(luma[0].width(), luma[0].height());
        FlowRows[] rows = {
            new FlowRows(flows, 0, 2, 2, sampler.stored()), new FlowRows(flows, 2, 2, 2, sampler.stored())
        };
        float[] line = new float[sampler.stored()];
        float[][] planes = {luma[0].copy(0, scratch), luma[1].copy(0, scratch)};
        float[][] channels = new float[2 * SIDE][width];
        HalfChroma half = new HalfChroma(warpedChroma, width, details.height());
        for (int y = 0; y < details.height(); y++) {
            for (int side = 0; side < 2; side++) {
                for (int lower = 0; lower < 2; lower++) {
                    rows[side].read(2 * y + lower);
                    sampler.locate(rows[side].x, rows[side].y, 2 * y + lower);
                    sampler.sample(planes[side], line);
                    split(line, channels[side * SIDE + 2 * lower], channels[side * SIDE + 2 * lower + 1]);
                }
                half.read(2 * side, y, channels[side * SIDE + 4]);
                half.read(2 * side + 1, y, channels[side * SIDE + 5]);
            }
            pixels.features(y, reduction, details);
            for (int channel = 0; channel < 2 * SIDE; channel++) {
                weave(channels[channel], details, features + channel, y);
            }
        }
        Stream.of(planes).forEach(scratch::giveBack);
    }

    /** Puts a row of one channel at its places in blocks. */
    private void weave(float[] row, FloatTensor details, int channel, int y) {
        long place = ((long) (channel / block) * details.plane() + (long) y * row.length) * block + channel % block;
        for (float value : row) {
            details.set(place, value);
            place += block;
        }
    }

    private static void split(float[] line, float[] even, float[] odd) {
        for (int x = 0; x < even.length; x++) {
            even[x] = line[2 * x];
            odd[x] = line[2 * x + 1];
        }
    }

    private int stored(int channels) {
        return Math.ceilDiv(channels, block) * block;
    }
}
