package dev.midframe.onnx.kernels.blending;

import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Scratch;
import java.util.List;
import java.util.stream.Stream;

/** Planes of both pictures, luma or chroma, in arrays: they are sampled faster than native memory. */
final class PictureArrays implements AutoCloseable {

    private final List<FloatTensor> pictures;
    private final float[][][] planes;
    private final Scratch scratch;

    PictureArrays(FloatTensor first, FloatTensor second, Scratch scratch) {
        this.pictures = List.of(first, second);
        this.scratch = scratch;
        this.planes = new float[2][first.channels()][];
        for (float[][] picture : planes) {
            for (int channel = 0; channel < picture.length; channel++) {
                picture[channel] = scratch.take(first.plane());
            }
        }
    }

    /** Fills the lines from one to another, which is not among them. */
    void copy(int from, int to) {
        for (int side = 0; side < planes.length; side++) {
            FloatTensor picture = pictures.get(side);
            int start = from * picture.width();
            for (int channel = 0; channel < planes[side].length; channel++) {
                long plane = (long) channel * picture.plane();
                picture.read(plane + start, planes[side][channel], start, to * picture.width() - start);
            }
        }
    }

    /** The planes of the first picture, and those of the second. */
    float[][][] planes() {
        return planes;
    }

    @Override
    public void close() {
        Stream.of(planes).flatMap(Stream::of).forEach(scratch::giveBack);
    }
}
