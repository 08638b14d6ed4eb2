package dev.midframe.film.network;

import dev.midframe.film.graph.CustomOp;
import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.Operators;
import dev.midframe.film.graph.Value;
import dev.midframe.film.model.FilmConfig.Output;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.Kernel;
import java.util.ArrayList;
import java.util.List;

/** From one picture to its feature pyramid (FILM, section 4.1: the extractor is shared by all levels and both pictures). */
record FeatureExtractor(FilmModel model, Element element, int reduction, GraphBuilder graph, Operators ops) {

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
            images.add(level == 0 ? ops.cast(rgb, element) : ops.averagePool(images.getLast(), 2, 2));
        }
        return new Pyramids(images.subList(0, model.config().fusionLevels()), features(images));
    }

    /** R'G'B' at the luma's size; chroma is repeated, so that averaging it later gives back what came in. */
    private Value rgb(Picture picture, Colour colour) {
        Value chroma = ops.enlargeNearest(picture.chroma(), picture.subsamplingY(), picture.subsamplingX());
        return ops.convolve(ops.concat(1, picture.luma(), chroma), colour.rgbFromYcc());
    }

    private List<Value> unshuffledPyramid(Picture picture) {
        int stem = model.config().stem();
        Value luma = ops.averagePool(picture.luma(), reduction, reduction);
        int shrinkY = reduction * 2 / picture.subsamplingY();
        int shrinkX = reduction * 2 / picture.subsamplingX();
        Value chroma = ops.averagePool(picture.chroma(), shrinkY, shrinkX);
        List<Value> images = new ArrayList<>();
        for (int level = 0; level < model.config().levels(); level++) {
            if (level > 0) {
                luma = ops.averagePool(luma, 2, 2);
                chroma = ops.averagePool(chroma, 2, 2);
            }
            images.add(image(luma, chroma, stem));
        }
        return images;
    }

    private Value image(Value luma, Value chroma, int stem) {
        if (!ops.dialect().blocked()) {
            Value image = ops.concat(1, ops.unshuffle(luma, stem), ops.unshuffle(chroma, stem / 2));
            return ops.cast(image, element);
        }
        if (ops.dialect().bytes()) {
            return ops.bytes().image(luma, chroma, stem, model.config().imageChannels());
        }
        List<Integer> parts = List.of(model.config().imageChannels());
        int[] shape = {1, ops.blocks().stored(parts), luma.height() / stem, luma.width() / stem};
        Value stems = graph.constant("image.stem", Element.FLOAT, new int[] {1}, stem);
        return ops.ask(CustomOp.PIXEL_UNSHUFFLE, List.of(shape), luma, chroma, stems)
                .getFirst()
                .inBlocks(parts);
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
                net = depth == 0 ? net : ops.averagePool(net, 2, 2);
                net = ops.convolveAndActivate(net, Kernel.of(model, layer + ".0.0"));
                net = ops.convolveAndActivate(net, Kernel.of(model, layer + ".1.0"));
                pyramid.get(start + depth).addFirst(net);
            }
        }
        return pyramid.stream()
                .map(parts -> ops.concat(1, parts.toArray(Value[]::new)))
                .toList();
    }
}
