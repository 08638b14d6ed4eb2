package dev.midframe.onnx.kernels.blending;

import dev.midframe.film.model.Channels;
import dev.midframe.onnx.kernels.Computation;
import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Lanes;
import dev.midframe.onnx.kernels.ParallelRows;
import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.util.List;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** {@link CustomOp#BLEND_HEAD}, and {@link CustomOp#INT8_BLEND_HEAD}. */
public record BlendHead(int block, boolean quantized) implements Computation {

    private static final FloatVector ONE = FloatVector.broadcast(Lanes.FLOATS, 1);
    private static final long NANOS_PER_POSITION = 20;

    @Override
    public void run(List<FloatTensor> inputs, Outputs outputs, ParallelRows parallel) {
        Operands.BlendHead<FloatTensor> in = Operands.BlendHead.of(inputs);
        FloatTensor luma = outputs.allocate(0, in.pictures().firstLuma().shape());
        FloatTensor chroma = outputs.allocate(1, in.pictures().firstChroma().shape());
        FloatTensor moving = in.moving();
        parallel.run(moving.height(), NANOS_PER_POSITION * moving.width(), (from, to) -> {
            Part part = new Part(output(in), in, luma, chroma);
            part.blend(moving, from, to);
        });
    }

    private BlendHeadOutput output(Operands.BlendHead<FloatTensor> in) {
        return quantized
                ? new Int8BlendHeadOutput(in.output(), Objects.requireNonNull(in.quantization()))
                : new NchwcBlendHeadOutput(in.output(), block);
    }

    /**
     * A part of a frame being made: rows at half the picture's size, each of two rows of luma and of as many of chroma as fall
     * on it.
     */
    private static final class Part {

        private final BlendHeadOutput output;
        private final FloatTensor warpedChroma;
        private final FloatTensor warpedLuma;
        private final FloatTensor[] luma;
        private final FloatTensor[] chroma;
        private final FloatTensor outLuma;
        private final FloatTensor outChroma;
        private final int width;
        private final int height;
        private final float time;
        private final float odds;
        private final float residualShare;
        private final float[][] channels;
        private final float[][] weights;
        private final float[] moving;
        private final float[] movingTwice;
        private final float[] residualTwice;
        private final float[] shares;
        private final float[][] lines;
        private final float[] target;

        Part(BlendHeadOutput output, Operands.BlendHead<FloatTensor> in, FloatTensor outLuma, FloatTensor outChroma) {
            this.output = output;
            this.warpedChroma = in.warpedChroma();
            this.warpedLuma = in.warpedLuma();
            this.luma =
                    new FloatTensor[] {in.pictures().firstLuma(), in.pictures().secondLuma()};
            this.chroma = new FloatTensor[] {
                in.pictures().firstChroma(), in.pictures().secondChroma()
            };
            this.time = in.time().get(0);
            this.outLuma = outLuma;
            this.outChroma = outChroma;
            this.width = output.width();
            this.height = output.height();
            this.odds = time / (1 - time);
            this.residualShare = 4 * time * (1 - time);
            int stored = Lanes.whole(width);
            this.channels = new float[Channels.BLEND_HEAD][stored];
            this.weights = new float[4][stored];
            this.moving = new float[stored];
            this.movingTwice = new float[2 * stored];
            this.residualTwice = new float[2 * stored];
            this.shares = new float[2 * stored];
            this.lines = new float[4][2 * stored];
            this.target = new float[2 * stored];
        }

        void blend(FloatTensor mask, int from, int to) {
            for (int y = from; y < to; y++) {
                mask.read((long) y * width, moving, 0, width);
                zip(moving, moving, movingTwice);
                output.read(y, channels);
                for (int corner = 0; corner < 4; corner++) {
                    weigh(channels[Channels.MASK + corner], weights[corner]);
                }
                luma(y);
                chroma(y);
            }
        }

        /**
         * The first picture's weight: the mask's odds are those at t = 0.5, and time shifts them. Makes the mask a share, too. Not
         * where nothing moves.
         */
        private void weigh(float[] mask, float[] weight) {
            for (int x = 0; x < weight.length; x += Lanes.FLOATS.length()) {
                if (isStill(moving, x)) {
                    continue;
                }
                FloatVector power = FloatVector.fromArray(Lanes.FLOATS, mask, x)
                        .neg()
                        .min(80)
                        .lanewise(VectorOperators.EXP);
                ONE.div(power.add(1)).intoArray(mask, x);
                ONE.div(power.mul(odds).add(1)).intoArray(weight, x);
            }
        }

        private void luma(int y) {
            for (int lower = 0; lower < 2; lower++) {
                zip(weights[2 * lower], weights[2 * lower + 1], shares);
                zip(
                        channels[Channels.LUMA_RESIDUAL + 2 * lower],
                        channels[Channels.LUMA_RESIDUAL + 2 * lower + 1],
                        residualTwice);
                blend(luma, warpedLuma, 0, 2 * y + lower, residualTwice, movingTwice, outLuma);
            }
        }

        private void chroma(int y) {
            boolean wide = chroma[0].width() == 2 * width;
            int factorY = chroma[0].height() / height;
            for (int part = 0; part < factorY; part++) {
                if (wide) {
                    zip(weights[2 * part], weights[2 * part + 1], shares);
                } else {
                    weighMeans(factorY, part);
                }
                for (int channel = 0; channel < 2; channel++) {
                    float[] residual = channels[Channels.CHROMA_RESIDUAL + channel];
                    if (wide) {
                        zip(residual, residual, residualTwice);
                        residual = residualTwice;
                    }
                    float[] moves = wide ? movingTwice : moving;
                    blend(chroma, warpedChroma, channel, factorY * y + part, residual, moves, outChroma);
                }
            }
        }

        /** Shares of a row of smaller chroma: of the mean of the masks of the luma that falls on a position. */
        private void weighMeans(int factorY, int part) {
            int first = factorY == 2 ? 2 * part : 0;
            int last = factorY == 2 ? first + 1 : 3;
            for (int x = 0; x < moving.length; x += Lanes.FLOATS.length()) {
                FloatVector sum = FloatVector.fromArray(Lanes.FLOATS, channels[Channels.MASK + first], x);
                for (int corner = first + 1; corner <= last; corner++) {
                    sum = sum.add(FloatVector.fromArray(Lanes.FLOATS, channels[Channels.MASK + corner], x));
                }
                FloatVector mask = sum.mul(1f / (last + 1 - first));
                FloatVector own = mask.mul(1 - time);
                own.div(mask.neg().add(1).mul(time).add(own)).intoArray(shares, x);
            }
        }

        /**
         * One line of a plane: the network's picture where it moves, the mean of both pictures at the time asked for where not.
         *
         * @param warped all planes of the first picture, then those of the second
         */
        private void blend(
                FloatTensor[] pictures,
                FloatTensor warped,
                int channel,
                int row,
                float[] residual,
                float[] moves,
                FloatTensor out) {
            int count = out.width();
            long line = (long) channel * out.plane() + (long) row * count;
            pictures[0].read(line, lines[0], 0, count);
            pictures[1].read(line, lines[1], 0, count);
            warped.read(line, lines[2], 0, count);
            warped.read(line + (long) out.channels() * out.plane(), lines[3], 0, count);
            for (int x = 0; x < count; x += Lanes.FLOATS.length()) {
                FloatVector before = FloatVector.fromArray(Lanes.FLOATS, lines[0], x);
                FloatVector still = FloatVector.fromArray(Lanes.FLOATS, lines[1], x)
                        .sub(before)
                        .mul(time)
                        .add(before);
                if (isStill(moves, x)) {
                    still.intoArray(target, x);
                    continue;
                }
                FloatVector second = FloatVector.fromArray(Lanes.FLOATS, lines[3], x);
                FloatVector generated = FloatVector.fromArray(Lanes.FLOATS, lines[2], x)
                        .sub(second)
                        .mul(FloatVector.fromArray(Lanes.FLOATS, shares, x))
                        .add(second)
                        .add(FloatVector.fromArray(Lanes.FLOATS, residual, x).mul(residualShare));
                generated
                        .sub(still)
                        .mul(FloatVector.fromArray(Lanes.FLOATS, moves, x))
                        .add(still)
                        .intoArray(target, x);
            }
            out.write(target, count, line);
        }

        private static boolean isStill(float[] moves, int x) {
            return FloatVector.fromArray(Lanes.FLOATS, moves, x).eq(0).allTrue();
        }

        /** Two rows woven into each other. */
        private static void zip(float[] even, float[] odd, float[] both) {
            for (int x = 0; x < even.length; x += Lanes.FLOATS.length()) {
                FloatVector first = FloatVector.fromArray(Lanes.FLOATS, even, x);
                FloatVector second = FloatVector.fromArray(Lanes.FLOATS, odd, x);
                first.rearrange(Lanes.ZIP_FIRST, second).intoArray(both, 2 * x);
                first.rearrange(Lanes.ZIP_LAST, second).intoArray(both, 2 * x + Lanes.FLOATS.length());
            }
        }
    }
}
