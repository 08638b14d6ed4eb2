package dev.midframe.onnx.operator;

import dev.midframe.film.CpuOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** {@link CpuOperator#FINISH}. */
record Finish(int block, Scratch scratch) implements Computation {

    private static final FloatVector ONE = FloatVector.broadcast(Lanes.FLOATS, 1);

    @Override
    public void run(FloatTensor[] inputs, Outputs outputs) {
        FloatTensor luma0 = inputs[4];
        FloatTensor chroma0 = inputs[5];
        new Frame(inputs, outputs.allocate(0, luma0.shape()), outputs.allocate(1, chroma0.shape()), block)
                .finish(scratch);
    }

    /** One frame being made: rows at half the picture's size, each of two rows of luma and of as many of chroma as fall on it. */
    private static final class Frame {

        private static final int MASK = 0;
        private static final int LUMA_RESIDUAL = 4;
        private static final int CHROMA_RESIDUAL = 8;
        private static final int NET = 10;

        /** Of details: luma as four channels and chroma as two, of each side, behind the features. */
        private static final int SIDE = 6;

        private final FloatTensor net;
        private final FloatTensor details;
        private final FloatTensor flows;
        private final FloatTensor warpedChroma;
        private final FloatTensor[] luma;
        private final FloatTensor[] chroma;
        private final FloatTensor outLuma;
        private final FloatTensor outChroma;
        private final int block;
        private final int width;
        private final int height;
        private final int features;
        private final float time;
        private final float odds;
        private final float residualShare;
        private final float[][] netRows;
        private final float[][] warped;
        private final float[][] weights;
        private final float[] moving;
        private final float[] movingTwice;
        private final float[] residualTwice;
        private final float[] chromaWeights;
        private final float[][] lines;
        private final float[] target;

        Frame(FloatTensor[] inputs, FloatTensor outLuma, FloatTensor outChroma, int block) {
            this.net = inputs[0];
            this.details = inputs[1];
            this.flows = inputs[2];
            this.warpedChroma = inputs[3];
            this.luma = new FloatTensor[] {inputs[4], inputs[6]};
            this.chroma = new FloatTensor[] {inputs[5], inputs[7]};
            this.time = inputs[8].get(0);
            this.features = (int) inputs[9].get(0);
            this.outLuma = outLuma;
            this.outChroma = outChroma;
            this.block = block;
            this.width = net.width();
            this.height = net.height();
            this.odds = time / (1 - time);
            this.residualShare = 4 * time * (1 - time);
            int stored = Lanes.whole(width);
            this.netRows = new float[NET][stored];
            this.warped = new float[8][stored];
            this.weights = new float[4][stored];
            this.moving = new float[stored];
            this.movingTwice = new float[2 * stored];
            this.residualTwice = new float[2 * stored];
            this.chromaWeights = new float[2 * stored];
            this.lines = new float[4][2 * stored];
            this.target = new float[2 * stored];
        }

        void finish(Scratch scratch) {
            Moving still = new Moving(luma[0], luma[1], flows, scratch);
            for (int y = 0; y < height; y++) {
                still.read(y, moving);
                repeat(moving, movingTwice);
                unblock(net, 0, NET, y, netRows);
                unblockLuma(y);
                for (int corner = 0; corner < 4; corner++) {
                    weigh(netRows[MASK + corner], weights[corner]);
                }
                luma(y);
                chroma(y);
            }
            still.giveBack(scratch);
        }

        private void unblock(FloatTensor from, int first, int count, int y, float[][] rows) {
            for (int channel = 0; channel < count; channel++) {
                long start = place(from, first + channel, y);
                float[] row = rows[channel];
                for (int x = 0; x < width; x++) {
                    row[x] = from.get(start + (long) x * block);
                }
            }
        }

        private void unblockLuma(int y) {
            for (int side = 0; side < 2; side++) {
                for (int corner = 0; corner < 4; corner++) {
                    long start = place(details, features + side * SIDE + corner, y);
                    float[] row = warped[4 * side + corner];
                    for (int x = 0; x < width; x++) {
                        row[x] = details.get(start + (long) x * block);
                    }
                }
            }
        }

        private long place(FloatTensor tensor, int channel, int y) {
            return ((long) (channel / block) * tensor.plane() + (long) y * width) * block + channel % block;
        }

        /** The first picture's weight: the mask's odds are those at t = 0.5, and time shifts them. Makes the mask a share, too. */
        private void weigh(float[] mask, float[] weight) {
            for (int x = 0; x < weight.length; x += Lanes.FLOATS.length()) {
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
                long line = (2L * y + lower) * luma[0].width();
                luma[0].read(line, lines[0], 0, 2 * width);
                luma[1].read(line, lines[1], 0, 2 * width);
                for (int x = 0; x < moving.length; x += Lanes.FLOATS.length()) {
                    FloatVector left = lumaAnswer(2 * lower, x);
                    FloatVector right = lumaAnswer(2 * lower + 1, x);
                    int place = 2 * x;
                    apply(left.rearrange(Lanes.ZIP_FIRST, right), movingTwice, place);
                    apply(left.rearrange(Lanes.ZIP_LAST, right), movingTwice, place + Lanes.FLOATS.length());
                }
                outLuma.write(target, 2 * width, line);
            }
        }

        private FloatVector lumaAnswer(int corner, int x) {
            FloatVector first = FloatVector.fromArray(Lanes.FLOATS, warped[corner], x);
            FloatVector second = FloatVector.fromArray(Lanes.FLOATS, warped[4 + corner], x);
            return answer(first, second, weights[corner], netRows[LUMA_RESIDUAL + corner], x);
        }

        private void chroma(int y) {
            int factorX = chroma[0].width() / width;
            int factorY = chroma[0].height() / height;
            int count = chroma[0].width();
            int plane = chroma[0].plane();
            boolean wide = factorX == 2;
            float[] moves = wide ? movingTwice : moving;
            for (int part = 0; part < factorY; part++) {
                float[] shares = wide ? pixelWeights(part) : meanWeights(factorY, part);
                for (int channel = 0; channel < 2; channel++) {
                    float[] residual = netRows[CHROMA_RESIDUAL + channel];
                    if (wide) {
                        repeat(residual, residualTwice);
                        residual = residualTwice;
                    }
                    long line = (long) channel * plane + ((long) y * factorY + part) * count;
                    chroma[0].read(line, lines[0], 0, count);
                    chroma[1].read(line, lines[1], 0, count);
                    warpedChroma.read(line, lines[2], 0, count);
                    warpedChroma.read(line + 2L * plane, lines[3], 0, count);
                    for (int x = 0; x < count; x += Lanes.FLOATS.length()) {
                        FloatVector first = FloatVector.fromArray(Lanes.FLOATS, lines[2], x);
                        FloatVector second = FloatVector.fromArray(Lanes.FLOATS, lines[3], x);
                        apply(answer(first, second, shares, residual, x), moves, x);
                    }
                    outChroma.write(target, count, line);
                }
            }
        }

        /** Weights of a row of chroma at luma's size: the same. */
        private float[] pixelWeights(int part) {
            for (int x = 0; x < 2 * width; x++) {
                chromaWeights[x] = weights[2 * part + x % 2][x / 2];
            }
            return chromaWeights;
        }

        /** Weights of a row of smaller chroma: of the mean of the masks of the luma that falls on a position. */
        private float[] meanWeights(int factorY, int part) {
            int first = factorY == 2 ? 2 * part : 0;
            int last = factorY == 2 ? first + 1 : 3;
            for (int x = 0; x < moving.length; x += Lanes.FLOATS.length()) {
                FloatVector sum = FloatVector.fromArray(Lanes.FLOATS, netRows[MASK + first], x);
                for (int corner = first + 1; corner <= last; corner++) {
                    sum = sum.add(FloatVector.fromArray(Lanes.FLOATS, netRows[MASK + corner], x));
                }
                FloatVector mask = sum.mul(1f / (last + 1 - first));
                FloatVector own = mask.mul(1 - time);
                own.div(mask.neg().add(1).mul(time).add(own)).intoArray(chromaWeights, x);
            }
            return chromaWeights;
        }

        private FloatVector answer(FloatVector first, FloatVector second, float[] weight, float[] residual, int x) {
            return FloatVector.fromArray(Lanes.FLOATS, residual, x)
                    .mul(residualShare)
                    .add(first.sub(second)
                            .mul(FloatVector.fromArray(Lanes.FLOATS, weight, x))
                            .add(second));
        }

        /** The network's answer where it moves, the mean of both pictures at the time asked for where not. */
        private void apply(FloatVector answer, float[] moves, int x) {
            FloatVector before = FloatVector.fromArray(Lanes.FLOATS, lines[0], x);
            FloatVector still = FloatVector.fromArray(Lanes.FLOATS, lines[1], x)
                    .sub(before)
                    .mul(time)
                    .add(before);
            answer.sub(still)
                    .mul(FloatVector.fromArray(Lanes.FLOATS, moves, x))
                    .add(still)
                    .intoArray(target, x);
        }

        /** Every number twice. */
        private static void repeat(float[] row, float[] twice) {
            for (int x = 0; x < row.length; x += Lanes.FLOATS.length()) {
                FloatVector numbers = FloatVector.fromArray(Lanes.FLOATS, row, x);
                numbers.rearrange(Lanes.ZIP_FIRST, numbers).intoArray(twice, 2 * x);
                numbers.rearrange(Lanes.ZIP_LAST, numbers).intoArray(twice, 2 * x + Lanes.FLOATS.length());
            }
        }
    }
}
