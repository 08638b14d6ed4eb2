package dev.midframe.film.network;

import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.Operators;
import dev.midframe.film.graph.Value;
import dev.midframe.film.graph.Warp;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.Kernel;

/** FILM's published form: the decoder gives R'G'B'; the still places are kept as in the blend. */
record RgbOutput(FilmModel model, Colour colour, GraphBuilder graph, Operators ops, Warp warp) {

    Picture finish(Picture first, Picture second, Value toFirst, Value toSecond, Value decoded, Value time) {
        graph.scope("finish");
        Value rgb = ops.plain(ops.convolve(decoded, Kernel.of(model, "fuse.output_conv")));
        Value ycc = ops.convolve(ops.cast(rgb, Element.FLOAT), colour.yccFromRgb());
        Stillness stillness = new Stillness(ops, warp);
        Value difference = ops.absolute(ops.subtract(second.luma(), first.luma()));
        Value moving = stillness.moving(difference, toFirst, toSecond);
        int factorY = first.subsamplingY();
        int factorX = first.subsamplingX();
        return new Picture(
                stillness.applied(moving, ops.slice(ycc, 1, 0, 1), first.luma(), second.luma(), time),
                stillness.applied(
                        ops.maxPool(moving, factorY, factorX),
                        ops.averagePool(ops.slice(ycc, 1, 1, 3), factorY, factorX),
                        first.chroma(),
                        second.chroma(),
                        time));
    }
}
