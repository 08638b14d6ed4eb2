package dev.midframe.film.network;

import dev.midframe.film.graph.ActivationRanges;
import dev.midframe.film.graph.Dialect;
import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.Operators;
import dev.midframe.film.graph.Value;
import dev.midframe.film.graph.Warp;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmConfig.Output;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.Kernel;
import dev.midframe.video.FrameFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Puts FILM together in one graph, as one of its {@link FilmPart}s. */
final class PartWriter {

    private final FilmModel model;
    private final FilmConfig config;
    private final Element element;
    private final Dialect dialect;
    private final int reduction;
    private final GraphBuilder graph;
    private final Operators ops;
    private final Warp warp;
    private final FrameCodec codec;
    private final Colour colour;
    private final FeatureExtractor extractor;

    PartWriter(
            FilmModel model, FrameFormat format, Element element, Dialect dialect, int reduction, GraphBuilder graph) {
        this.model = model;
        this.config = model.config();
        this.element = element;
        this.graph = graph;
        this.dialect = dialect;
        this.reduction = reduction;
        this.ops = new Operators(graph, dialect, dialect.bytes() ? ActivationRanges.of(model) : ActivationRanges.NONE);
        this.warp = new Warp(graph, ops);
        this.codec = new FrameCodec(format, config.alignment() * reduction, graph, ops);
        this.colour = new Colour(codec.matrix());
        this.extractor = new FeatureExtractor(model, element, reduction, graph, ops);
    }

    void features() {
        Picture picture = codec.decode(codec.input("frame"));
        new FrameFeatures(picture, extractor.of(picture, colour)).declareOutputs(graph);
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
            Value decoded = decoded(first, second, flows.at(declareTime(), ops));
            Value image = ops.plain(ops.convolve(decoded, Kernel.of(model, "fuse.output_conv")));
            graph.output("image", ops.cast(image, Element.FLOAT));
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
        Flows.Scaled scaled = flows.at(time, ops);
        Value decoded = decoded(first.pyramids(), second.pyramids(), scaled);
        Value toFirst = scaled.toFirst().getFirst();
        Value toSecond = scaled.toSecond().getFirst();
        return config.output() == Output.RGB
                ? new RgbOutput(model, colour, graph, ops, warp)
                        .finish(first.picture(), second.picture(), toFirst, toSecond, decoded, time)
                : new BlendOutput(model, element, reduction, graph, ops, warp)
                        .finish(first.picture(), second.picture(), toFirst, toSecond, decoded, time);
    }

    private Flows flows(List<Value> first, List<Value> second) {
        return new PyramidFlowEstimator(model, graph, ops, warp).between(first, second);
    }

    private Value decoded(Pyramids first, Pyramids second, Flows.Scaled flows) {
        return new FusionDecoder(model, element, graph, ops, warp).decode(first, second, flows);
    }

    private FrameFeatures declare(String prefix, int levels) {
        Picture picture = codec.declare(prefix);
        List<Value> images = config.output() == Output.RGB
                ? perLevel(config.fusionLevels(), level -> declareLevel(prefix + "image.", element, 3, level))
                : List.of();
        return new FrameFeatures(picture, new Pyramids(images, declareFeatures(prefix, levels)));
    }

    private List<Value> declareFeatures(String prefix, int levels) {
        return perLevel(levels, level -> {
            List<Integer> parts = config.filters()
                    .subList(0, Math.min(level + 1, config.filters().size()));
            if (dialect.bytes()) {
                int channels = config.featureChannels(level);
                return graph.input(
                                prefix + "features." + level, Element.UINT8, 1, height(level), width(level), channels)
                        .inBytes(ops.ranges().features(channels));
            }
            if (!dialect.blocked()) {
                return declareLevel(prefix + "features.", element, config.featureChannels(level), level);
            }
            int stored = parts.stream().mapToInt(dialect::stored).sum();
            return declareLevel(prefix + "features.", element, stored, level).inBlocks(parts);
        });
    }

    private List<Value> declareFlows(String prefix) {
        return perLevel(config.fusionLevels(), level -> declareLevel(prefix, Element.FLOAT, 2, level));
    }

    private Value declareLevel(String prefix, Element numbers, int channels, int level) {
        return graph.input(prefix + level, numbers, 1, channels, height(level), width(level));
    }

    private int height(int level) {
        return codec.paddedHeight() / (reduction * config.stem() << level);
    }

    private int width(int level) {
        return codec.paddedWidth() / (reduction * config.stem() << level);
    }

    private Value declareImage(String name) {
        return graph.input(name, Element.FLOAT, 1, 3, codec.paddedHeight(), codec.paddedWidth());
    }

    private Value declareTime() {
        return graph.input("time", Element.FLOAT, 1);
    }

    private static List<Value> perLevel(int levels, IntFunction<Value> level) {
        return IntStream.range(0, levels).mapToObj(level).toList();
    }
}
