package dev.midframe.film.network;

import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.Lowering;
import dev.midframe.film.graph.Operators;
import dev.midframe.film.graph.Picture;
import dev.midframe.film.graph.Value;
import dev.midframe.film.model.FilmConfig.Output;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.Kernel;
import java.util.ArrayList;
import java.util.List;

/** From one picture to its feature pyramid (FILM, section 4.1: the extractor is shared by all levels and both pictures). */
record FeatureExtractor(FilmModel model, int reduction, GraphBuilder graph, Lowering lowering) {

    Pyramids of(Picture picture, Colour colour) {
        graph.scope("pyramid");
        return model.config().output() == Output.BLEND
                ? new Pyramids(List.of(), features(unshuffledPyramid(picture)))
                : ofRgb(rgb(picture, colour));
    }

    /** The published form's pyramids of a picture [1,3,H,W]. */
    Pyramids ofRgb(Value rgb) {
        List<Value> images = new ArrayList<>();
        for (int level = 0; level < model.config().levels(); level++) {
            images.add(level == 0 ? lowering.image(rgb) : lowering.averagePool(images.getLast(), 2, 2));
        }
        return new Pyramids(images.subList(0, model.config().fusionLevels()), features(images));
    }

    /** R'G'B' at the luma's size; chroma is repeated, so that averaging it later gives back what came in. */
    private Value rgb(Picture picture, Colour colour) {
        Operators ops = lowering.plain();
        Value chroma = ops.enlargeNearest(picture.chroma(), picture.subsamplingY(), picture.subsamplingX());
        return ops.convolve(ops.concat(1, picture.luma(), chroma), colour.rgbFromYcc());
    }

    private List<Value> unshuffledPyramid(Picture picture) {
        int stem = model.config().stem();
        Value luma = lowering.averagePool(picture.luma(), reduction, reduction);
        int shrinkY = reduction * 2 / picture.subsamplingY();
        int shrinkX = reduction * 2 / picture.subsamplingX();
        Value chroma = lowering.averagePool(picture.chroma(), shrinkY, shrinkX);
        List<Value> images = new ArrayList<>();
        for (int level = 0; level < model.config().levels(); level++) {
            if (level > 0) {
                luma = lowering.averagePool(luma, 2, 2);
                chroma = lowering.averagePool(chroma, 2, 2);
            }
            images.add(lowering.pixelUnshuffle(luma, chroma, stem));
        }
        return images;
    }

    private List<Value> features(List<Value> images) {
        int levels = model.config().levels();
        int depths = model.config().filters().size();
        List<List<Value>> pyramid = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            pyramid.add(new ArrayList<>());
        }
        for (int start = 0; start < levels; start++) {
            graph.scope("extract." + start);
            Value net = images.get(start);
            for (int depth = 0; depth < depths && start + depth < levels; depth++) {
                String layer = "extract.extract_sublevels.convs." + depth;
                net = depth == 0 ? net : lowering.averagePool(net, 2, 2);
                net = lowering.convolve(net, Kernel.of(model, layer + ".0.0"));
                net = lowering.convolve(net, Kernel.of(model, layer + ".1.0"));
                pyramid.get(start + depth).addFirst(net);
            }
        }
        return pyramid.stream().map(lowering::concatenate).toList();
    }
}
