package dev.midframe.film.network;

import dev.midframe.film.graph.Lowering;
import dev.midframe.film.graph.Operators;
import dev.midframe.film.graph.Picture;
import dev.midframe.film.graph.Stillness;
import dev.midframe.film.graph.Value;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.Kernel;

/** FILM's published form: the decoder gives R'G'B'; what stands still is kept as in the blend. */
record RgbOutput(FilmModel model, Colour colour, Lowering lowering) {

    Picture picture(Picture first, Picture second, Value toFirst, Value toSecond, Value decoded, Value time) {
        Operators ops = lowering.plain();
        Value ycc = ops.convolve(rgb(decoded), colour.yccFromRgb());
        Stillness stillness = new Stillness(lowering);
        Value difference = ops.absolute(ops.subtract(second.luma(), first.luma()));
        Value moving = stillness.moving(difference, toFirst, toSecond);
        int factorY = first.subsamplingY();
        int factorX = first.subsamplingX();
        return new Picture(
                stillness.applied(moving, ops.slice(ycc, 1, 0, 1), first.luma(), second.luma(), time),
                stillness.applied(
                        ops.maxPool(moving, factorY, factorX),
                        lowering.averagePool(ops.slice(ycc, 1, 1, 3), factorY, factorX),
                        first.chroma(),
                        second.chroma(),
                        time));
    }

    /** The network's R'G'B' [1,3,H,W]. */
    Value rgb(Value decoded) {
        return lowering.rgbHead(decoded, Kernel.of(model, "fuse.output_conv"));
    }
}
