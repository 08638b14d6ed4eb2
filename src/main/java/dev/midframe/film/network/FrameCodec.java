package dev.midframe.film.network;

import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.Operators;
import dev.midframe.film.graph.Picture;
import dev.midframe.film.graph.Value;
import dev.midframe.video.Colorimetry.Matrix;
import dev.midframe.video.Colorimetry.Range;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.PixelFormat.Family;

/**
 * Between a frame's packed bytes and a padded {@link Picture}, inside the graph. Going back it crops, rounds half up and
 * saturates. RGB becomes Y'CbCr of BT.601 and full resolution.
 */
final class FrameCodec {

    private static final int BYTE_VALUES = 256;

    private final FrameFormat format;
    private final PixelFormat pixels;
    private final int paddedWidth;
    private final int paddedHeight;
    private final GraphBuilder graph;
    private final Operators ops;

    FrameCodec(FrameFormat format, int alignment, GraphBuilder graph, Operators ops) {
        this.format = format;
        this.pixels = format.pixelFormat();
        this.paddedWidth = Math.ceilDiv(format.width(), alignment) * alignment;
        this.paddedHeight = Math.ceilDiv(format.height(), alignment) * alignment;
        this.graph = graph;
        this.ops = ops;
    }

    /** The matrix that relates the pictures to R'G'B'. */
    Matrix matrix() {
        return pixels.family() == Family.RGB
                ? Matrix.BT601
                : format.colorimetry().matrix();
    }

    /** A frame's bytes as an input of the graph. */
    Value input(String name) {
        return graph.input(name, Element.UINT8, Math.toIntExact(format.packedBytes()));
    }

    int paddedWidth() {
        return paddedWidth;
    }

    int paddedHeight() {
        return paddedHeight;
    }

    /** A picture that was decoded elsewhere, as inputs {@code y} and {@code c} of the graph. */
    Picture declare(String prefix) {
        int chromaHeight = paddedHeight >> pixels.chromaShiftY();
        int chromaWidth = paddedWidth >> pixels.chromaShiftX();
        return new Picture(
                graph.input(prefix + "y", Element.FLOAT, 1, 1, paddedHeight, paddedWidth),
                graph.input(prefix + "c", Element.FLOAT, 1, 2, chromaHeight, chromaWidth));
    }

    Picture decode(Value frame) {
        graph.scope("decode");
        Value samples = samples(ops.cast(frame, Element.FLOAT));
        if (pixels.family() == Family.RGB) {
            Value planes = planes(samples, 0, pixels.samplesPerPosition(0));
            Value ycc = ops.padEdge(ops.convolve(planes, Packing.of(pixels).decode()), paddedHeight, paddedWidth);
            return new Picture(ops.slice(ycc, 1, 0, 1), ops.slice(ycc, 1, 1, 3));
        }
        Value luma = planes(samples, 0, 1);
        Value chroma = planes(samples, luma.elements(), 2);
        return new Picture(
                pad(ops.times(ops.plus(luma, -lumaZero()), 1 / lumaRange()), 0),
                pad(ops.times(ops.plus(chroma, -chromaZero()), 1 / chromaRange()), 1));
    }

    Value encode(Picture picture) {
        graph.scope("encode");
        if (pixels.family() == Family.RGB) {
            Value ycc = ops.concat(1, crop(picture.luma(), 0), crop(picture.chroma(), 0));
            return bytes(flat(rounded(ops.convolve(ycc, Packing.of(pixels).encode())), true));
        }
        Value luma = ops.plus(ops.times(crop(picture.luma(), 0), lumaRange()), lumaZero());
        Value chroma = ops.plus(ops.times(crop(picture.chroma(), 1), chromaRange()), chromaZero());
        boolean interleaved = pixels.planes() == 2;
        return bytes(ops.concat(0, flat(rounded(luma), false), flat(rounded(chroma), interleaved)));
    }

    /** Bytes, or little-endian pairs of them, to code values. */
    private Value samples(Value bytes) {
        if (pixels.bytesPerSample() == 1) {
            return bytes;
        }
        Value low = ops.slice(bytes, 0, 0, bytes.elements(), 2);
        Value high = ops.slice(bytes, 0, 1, bytes.elements(), 2);
        return ops.times(ops.add(low, ops.times(high, BYTE_VALUES)), 1.0 / wordUnit());
    }

    private Value bytes(Value samples) {
        if (pixels.bytesPerSample() == 1) {
            return ops.cast(samples, Element.UINT8);
        }
        Value words = ops.times(samples, wordUnit());
        Value high = ops.floor(ops.times(words, 1.0 / BYTE_VALUES));
        Value low = ops.subtract(words, ops.times(high, BYTE_VALUES));
        int count = words.elements();
        Value pairs = ops.concat(1, ops.reshape(low, count, 1), ops.reshape(high, count, 1));
        return ops.cast(ops.reshape(pairs, 2 * count), Element.UINT8);
    }

    /** Planes of the same size, interleaved or one after the other, from the code values that begin at an offset. */
    private Value planes(Value samples, int offset, int count) {
        int plane = offset == 0 ? 0 : 1;
        int width = pixels.planeWidth(plane, format.width());
        int height = pixels.planeHeight(plane, format.height());
        Value part = ops.slice(samples, 0, offset, offset + count * width * height);
        return pixels.samplesPerPosition(plane) == count && count > 1
                ? ops.transpose(ops.reshape(part, 1, height, width, count), 0, 3, 1, 2)
                : ops.reshape(part, 1, count, height, width);
    }

    private Value flat(Value planes, boolean interleaved) {
        return ops.reshape(interleaved ? ops.transpose(planes, 0, 2, 3, 1) : planes, planes.elements());
    }

    private Value rounded(Value codes) {
        return ops.floor(ops.clamp(ops.plus(codes, 0.5), 0, maxCode()));
    }

    private Value pad(Value planes, int plane) {
        return plane == 0
                ? ops.padEdge(planes, paddedHeight, paddedWidth)
                : ops.padEdge(planes, paddedHeight >> pixels.chromaShiftY(), paddedWidth >> pixels.chromaShiftX());
    }

    private Value crop(Value planes, int plane) {
        Value rows = ops.slice(planes, 2, 0, pixels.planeHeight(plane, format.height()));
        return ops.slice(rows, 3, 0, pixels.planeWidth(plane, format.width()));
    }

    private boolean limited() {
        return format.colorimetry().range() == Range.LIMITED;
    }

    /** Code values of 8 bit, times this, are code values of the format. */
    private double depthScale() {
        return 1 << (pixels.bitDepth() - 8);
    }

    private double maxCode() {
        return (1 << pixels.bitDepth()) - 1;
    }

    private double lumaZero() {
        return limited() ? 16 * depthScale() : 0;
    }

    private double lumaRange() {
        return limited() ? 219 * depthScale() : maxCode();
    }

    private double chromaZero() {
        return 128 * depthScale();
    }

    private double chromaRange() {
        return limited() ? 224 * depthScale() : maxCode();
    }

    /** P010 keeps its bits at the upper end of the word. */
    private int wordUnit() {
        return pixels == PixelFormat.P010_10LE ? 1 << 6 : 1;
    }
}
