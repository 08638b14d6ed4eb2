package dev.midframe.film.network;

import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.Lowering;
import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.Operators;
import dev.midframe.film.graph.Picture;
import dev.midframe.film.graph.Value;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.Kernel;
import dev.midframe.video.FrameFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * FILM cut where features are warped, for devices that have kernels of their own for that: {@link #features} of a frame; of a pair
 * a {@link #flow} a level, from coarse to fine; {@link #fusion} of a generated frame. What a level's half of the first layer makes
 * of a picture's own features is computed once a frame. Features lie as {@link AlignedLayout} says.
 *
 * <p>The kernels' part: {@code upsampled} is the coarser {@code flow}, enlarged (zeros at the coarsest level); {@code warped}
 * [2,C,h,w] are {@code features.L} of the later picture, warped by the first of the two flows, and of the earlier one, by the second;
 * {@code aligned.L} is the decoder's input. {@code flow} [2,2,h,w] holds the forward and the backward flow.
 */
public final class FilmPieces {

    private final FilmModel model;
    private final FilmConfig config;
    private final FrameFormat format;
    private final Lowering.Factory lowering;
    private final int reduction;
    private final AlignedLayout layout;

    /** @param reduction as of {@link FilmGraphs} */
    public FilmPieces(FilmModel model, FrameFormat format, Lowering.Factory lowering, int reduction) {
        this.model = model;
        this.config = model.config();
        this.format = format;
        this.lowering = lowering;
        this.reduction = reduction;
        this.layout = new AlignedLayout(config);
    }

    /** Levels of the flow pyramid. */
    public int levels() {
        return config.levels();
    }

    /** How many of them the decoder takes. */
    public int fusionLevels() {
        return config.fusionLevels();
    }

    /** Whether a level has a flow of its own; without one, {@code upsampled} is its flow. */
    public boolean hasFlow(int level) {
        return FlowPredictor.of(model, level).convs() > 0;
    }

    /**
     * {@code frame}, packed bytes, to {@code y}, {@code c}, {@code features.L}; {@code own.L} of levels with a flow; {@code image.L}
     * [1,8,h,w] of fused levels, of which three channels count, where the decoder gives R'G'B'.
     */
    public OnnxGraph features() {
        GraphBuilder graph = new GraphBuilder();
        PartWriter parts = parts(graph);
        Lowering into = parts.lowering();
        Operators ops = into.plain();
        FrameFeatures found = parts.frameFeatures();
        graph.scope("own");
        graph.output("y", found.picture().luma());
        graph.output("c", found.picture().chroma());
        List<Value> images = found.pyramids().images();
        for (int level = 0; level < images.size(); level++) {
            graph.output("image." + level, ops.padChannels(images.get(level), AlignedLayout.GROUP));
        }
        for (int level = 0; level < config.levels(); level++) {
            Value features = ops.padChannels(found.pyramids().features().get(level), layout.features(level));
            graph.output("features." + level, features);
            if (hasFlow(level)) {
                graph.output("own." + level, ops.convolve(features, own(level)));
            }
        }
        return graph.build("FEATURES");
    }

    /** {@code first.own}, {@code second.own}, {@code warped} and {@code upsampled} to {@code flow}. */
    public OnnxGraph flow(int level) {
        GraphBuilder graph = new GraphBuilder();
        PartWriter parts = parts(graph);
        Lowering into = parts.lowering();
        Operators ops = into.plain();
        FlowPredictor predictor = FlowPredictor.of(model, level);
        int height = parts.height(level);
        int width = parts.width(level);
        List<Integer> filters = List.of(predictor.first().outputs());
        graph.scope("flow." + level);
        Value own = ops.concat(
                0,
                into.featuresInput("first.own", filters, height, width),
                into.featuresInput("second.own", filters, height, width));
        Value warped = graph.input("warped", own.element(), 2, layout.features(level), height, width);
        Value upsampled = graph.input("upsampled", Element.FLOAT, 2, 2, height, width);
        Value net = ops.leakyRelu(ops.add(own, ops.convolve(warped, others(level))), Lowering.LEAK);
        graph.output("flow", ops.add(upsampled, predictor.afterFirst(net, into)));
        return graph.build("FLOW." + level);
    }

    /**
     * {@code aligned.L} of the fused levels, {@code flow} of level 0, {@code time} [1], {@code first.y}, {@code first.c},
     * {@code second.y}, {@code second.c} to {@code frame}.
     */
    public OnnxGraph fusion() {
        GraphBuilder graph = new GraphBuilder();
        PartWriter parts = parts(graph);
        Lowering into = parts.lowering();
        Operators ops = into.plain();
        List<Value> aligned = IntStream.range(0, config.fusionLevels())
                .mapToObj(level -> into.featuresInput(
                        "aligned." + level, List.of(layout.fusion(level)), parts.height(level), parts.width(level)))
                .toList();
        Value flow = graph.input("flow", Element.FLOAT, 2, 2, parts.height(0), parts.width(0));
        Flows flows = new Flows(List.of(ops.slice(flow, 0, 0, 1)), List.of(ops.slice(flow, 0, 1, 2)));
        Picture first = parts.codec().declare("first.");
        Picture second = parts.codec().declare("second.");
        Value time = parts.declareTime();
        Value decoded = new AlignedDecoder(model, graph, into).decode(aligned);
        Picture picture = parts.finished(first, second, flows.at(time, ops), decoded, time);
        graph.output("frame", parts.codec().encode(picture));
        return graph.build("FUSION");
    }

    /** The first layer's half for a picture's own features. */
    private Kernel own(int level) {
        Kernel first = FlowPredictor.of(model, level).first();
        return renamed(first, "own." + level, first.withInputs(layout.featureOrder(level)));
    }

    /** Its half for the other picture's features, warped; the biases are in {@link #own}. */
    private Kernel others(int level) {
        Kernel first = FlowPredictor.of(model, level).first();
        int channels = config.featureChannels(level);
        int[] order = IntStream.of(layout.featureOrder(level))
                .map(channel -> channel == Kernel.NOTHING ? channel : channels + channel)
                .toArray();
        return renamed(first, "others", first.withInputs(order).withoutBiases());
    }

    /** Levels that share a predictor order its inputs in their own ways. */
    private static Kernel renamed(Kernel kernel, String use, Kernel ordered) {
        return new Kernel(
                kernel.name() + "." + use,
                ordered.outputs(),
                ordered.inputs(),
                ordered.size(),
                ordered.weights(),
                ordered.biases());
    }

    private PartWriter parts(GraphBuilder graph) {
        return new PartWriter(model, format, reduction, graph, lowering.into(graph));
    }
}
