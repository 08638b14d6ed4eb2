package dev.midframe.film.network;

import dev.midframe.film.graph.BlendInput;
import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.Lowering;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.Picture;
import dev.midframe.film.graph.Value;
import dev.midframe.film.model.BlendLayers;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmConfig.Output;
import dev.midframe.film.model.FilmModel;
import dev.midframe.video.FrameFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Puts FILM together in one graph, as one of its {@link FilmPart}s. */
final class PartWriter {

    private final FilmModel model;
    private final FilmConfig config;
    private final int reduction;
    private final GraphBuilder graph;
    private final Lowering lowering;
    private final FrameCodec codec;
    private final Colour colour;
    private final FeatureExtractor extractor;

    PartWriter(FilmModel model, FrameFormat format, int reduction, GraphBuilder graph, Lowering lowering) {
        this.model = model;
        this.config = model.config();
        this.reduction = reduction;
        this.graph = graph;
        this.lowering = lowering;
        this.codec = new FrameCodec(format, config.alignment() * reduction, graph, lowering.plain());
        this.colour = new Colour(codec.matrix());
        this.extractor = new FeatureExtractor(model, reduction, graph, lowering);
    }

    void features() {
        frameFeatures().declareOutputs(graph);
    }

    void flow() {
        List<Value> first = declareFeatures("first.", config.levels());
        List<Value> second = declareFeatures("second.", config.levels());
        flows(first, second).declareOutputs(graph);
    }

    void fusion() {
        FrameFeatures first = declare("first.", config.fusionLevels());
        FrameFeatures second = declare("second.", config.fusionLevels());
        Flows flows = new Flows(declareFlows("forward."), declareFlows("backward."));
        graph.output("frame", codec.encode(pictureAt(declareTime(), first, second, flows)));
    }

    void pair() {
        FrameFeatures first = declare("first.", config.levels());
        FrameFeatures second = declare("second.", config.levels());
        Flows flows = flows(first.pyramids().features(), second.pyramids().features());
        graph.output("frame", codec.encode(pictureAt(declareTime(), first, second, flows)));
    }

    void core() {
        if (config.output() == Output.RGB) {
            Pyramids first = extractor.ofRgb(declareImage("first.image"));
            Pyramids second = extractor.ofRgb(declareImage("second.image"));
            Flows flows = flows(first.features(), second.features());
            flows.declareOutputs(graph);
            Value decoded = decoded(first, second, flows.at(declareTime(), lowering.plain()));
            graph.output("image", rgbOutput().rgb(decoded));
            return;
        }
        Picture one = codec.declare("first.");
        Picture two = codec.declare("second.");
        FrameFeatures first = new FrameFeatures(one, extractor.of(one, colour));
        FrameFeatures second = new FrameFeatures(two, extractor.of(two, colour));
        Flows flows = flows(first.pyramids().features(), second.pyramids().features());
        flows.declareOutputs(graph);
        Picture picture = pictureAt(declareTime(), first, second, flows);
        graph.output("y", picture.luma());
        graph.output("c", picture.chroma());
    }

    private Picture pictureAt(Value time, FrameFeatures first, FrameFeatures second, Flows flows) {
        Flows.Scaled scaled = flows.at(time, lowering.plain());
        Value decoded = decoded(first.pyramids(), second.pyramids(), scaled);
        return finished(first.picture(), second.picture(), scaled, decoded, time);
    }

    Picture finished(Picture first, Picture second, Flows.Scaled flows, Value decoded, Value time) {
        Value toFirst = flows.toFirst().getFirst();
        Value toSecond = flows.toSecond().getFirst();
        graph.scope("finish");
        return config.output() == Output.RGB
                ? rgbOutput().picture(first, second, toFirst, toSecond, decoded, time)
                : lowering.blendHead(
                        new BlendInput(BlendLayers.of(model), first, second, toFirst, toSecond, decoded, time));
    }

    /** What is made of the graph's input {@code frame}. */
    FrameFeatures frameFeatures() {
        Picture picture = codec.decode(codec.input("frame"));
        return new FrameFeatures(picture, extractor.of(picture, colour));
    }

    FrameCodec codec() {
        return codec;
    }

    Lowering lowering() {
        return lowering;
    }

    private RgbOutput rgbOutput() {
        return new RgbOutput(model, colour, lowering);
    }

    private Flows flows(List<Value> first, List<Value> second) {
        return new PyramidFlowEstimator(model, graph, lowering).between(first, second);
    }

    private Value decoded(Pyramids first, Pyramids second, Flows.Scaled flows) {
        return new FusionDecoder(model, graph, lowering).decode(first, second, flows);
    }

    private FrameFeatures declare(String prefix, int levels) {
        Picture picture = codec.declare(prefix);
        List<Value> images = config.output() == Output.RGB
                ? perLevel(
                        config.fusionLevels(),
                        level -> lowering.imageInput(prefix + "image." + level, height(level), width(level)))
                : List.of();
        return new FrameFeatures(picture, new Pyramids(images, declareFeatures(prefix, levels)));
    }

    private List<Value> declareFeatures(String prefix, int levels) {
        return perLevel(levels, level -> {
            List<Integer> depths = config.filters()
                    .subList(0, Math.min(level + 1, config.filters().size()));
            return lowering.featuresInput(prefix + "features." + level, depths, height(level), width(level));
        });
    }

    private List<Value> declareFlows(String prefix) {
        return perLevel(
                config.fusionLevels(),
                level -> graph.input(prefix + level, Element.FLOAT, 1, 2, height(level), width(level)));
    }

    int height(int level) {
        return codec.paddedHeight() / (reduction * config.stem() << level);
    }

    int width(int level) {
        return codec.paddedWidth() / (reduction * config.stem() << level);
    }

    private Value declareImage(String name) {
        return graph.input(name, Element.FLOAT, 1, 3, codec.paddedHeight(), codec.paddedWidth());
    }

    Value declareTime() {
        return graph.input("time", Element.FLOAT, 1);
    }

    private static List<Value> perLevel(int levels, IntFunction<Value> level) {
        return IntStream.range(0, levels).mapToObj(level).toList();
    }
}
