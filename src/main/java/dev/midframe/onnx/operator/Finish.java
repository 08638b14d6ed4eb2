package dev.midframe.onnx.operator;

import dev.midframe.film.CpuOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link CpuOperator#FINISH}. */
record Finish(int block, Scratch scratch) implements Computation {

    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

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
            int stored = Math.ceilDiv(width, LANES.length()) * LANES.length();
            this.netRows = new float[NET][stored];
            this.warped = new float[8][stored];
            this.weights = new float[4][stored];
            this.moving = new float[stored];
            this.lines = new float[4][2 * width];
            this.target = new float[2 * width];
        }

        void finish(Scratch scratch) {
            Moving still = new Moving(luma[0], luma[1], flows, scratch);
            for (int y = 0; y < height; y++) {
                still.read(y, moving);
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

        /** The first picture's weight: the mask's odds are those at t = 0.5, and time shifts them. e^-a is kept in {@code mask}. */
        private void weigh(float[] mask, float[] weight) {
            for (int x = 0; x < weight.length; x += LANES.length()) {
                FloatVector power =
                        FloatVector.fromArray(LANES, mask, x).neg().min(80).lanewise(VectorOperators.EXP);
                power.intoArray(mask, x);
                FloatVector.broadcast(LANES, 1).div(power.mul(odds).add(1)).intoArray(weight, x);
            }
        }

        private void luma(int y) {
            for (int lower = 0; lower < 2; lower++) {
                long line = (2L * y + lower) * luma[0].width();
                luma[0].read(line, lines[0], 0, 2 * width);
                luma[1].read(line, lines[1], 0, 2 * width);
                for (int right = 0; right < 2; right++) {
                    int corner = 2 * lower + right;
                    float[] weight = weights[corner];
                    float[] first = warped[corner];
                    float[] second = warped[4 + corner];
                    float[] residual = netRows[LUMA_RESIDUAL + corner];
                    for (int x = 0; x < width; x++) {
                        float answer = second[x] + weight[x] * (first[x] - second[x]) + residualShare * residual[x];
                        target[2 * x + right] = applied(x, 2 * x + right, answer);
                    }
                }
                outLuma.write(target, 2 * width, line);
            }
        }

        private void chroma(int y) {
            int factorX = chroma[0].width() / width;
            int factorY = chroma[0].height() / height;
            int count = chroma[0].width();
            int plane = chroma[0].plane();
            for (int part = 0; part < factorY; part++) {
                chromaWeights(factorX, factorY, part);
                for (int channel = 0; channel < 2; channel++) {
                    float[] residual = netRows[CHROMA_RESIDUAL + channel];
                    long line = (long) channel * plane + ((long) y * factorY + part) * count;
                    chroma[0].read(line, lines[0], 0, count);
                    chroma[1].read(line, lines[1], 0, count);
                    warpedChroma.read(line, lines[2], 0, count);
                    warpedChroma.read(line + 2L * plane, lines[3], 0, count);
                    for (int x = 0; x < count; x++) {
                        float weight = target[x];
                        float answer = lines[3][x]
                                + weight * (lines[2][x] - lines[3][x])
                                + residualShare * residual[x / factorX];
                        lines[2][x] = applied(x / factorX, x, answer);
                    }
                    outChroma.write(lines[2], count, line);
                }
            }
        }

        /** Weights of a chroma row into {@link #target}: of the mean of the masks of the luma that falls on a position. */
        private void chromaWeights(int factorX, int factorY, int part) {
            for (int x = 0; x < width * factorX; x++) {
                float sum = 0;
                int parts = 0;
                for (int lower = 0; lower < 2; lower++) {
                    for (int right = 0; right < 2; right++) {
                        boolean here = (factorY == 1 || lower == part) && (factorX == 1 || right == x % 2);
                        if (here) {
                            sum += 1 / (1 + netRows[MASK + 2 * lower + right][x / factorX]);
                            parts++;
                        }
                    }
                }
                float mask = sum / parts;
                target[x] = (1 - time) * mask / ((1 - time) * mask + time * (1 - mask));
            }
        }

        /** The network's answer where it moves, the mean of both pictures at the time asked for where not. */
        private float applied(int x, int place, float answer) {
            float still = lines[0][place] + time * (lines[1][place] - lines[0][place]);
            return still + moving[x] * (answer - still);
        }
    }
}
