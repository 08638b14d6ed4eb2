package dev.midframe.film.network;

import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.Operators;
import dev.midframe.film.graph.Value;
import dev.midframe.film.graph.Warp;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.Kernel;

/**
 * Both pictures warped and blended by a mask, plus a residual. The decoder corrects the flows at half size; luma is handled
 * as four channels of half size ({@link Operators#unshuffle}) until the very end.
 */
public record BlendOutput(
        FilmModel model, Element element, int reduction, GraphBuilder graph, Operators ops, Warp warp) {

    static final int FLOW_CHANNELS = 4;

    /** Luma as four channels and chroma as two, of both sides. */
    public static final int PICTURE_CHANNELS = 2 * (4 + 2);

    /** Mask and luma residual as four channels each, chroma residual as two. */
    public static final int FINISH_OUTPUTS = 4 + 4 + 2;

    /** Channels of the last layers' input: both warped pictures and the decoder's features. */
    public static int finishInputs(FilmConfig config) {
        return PICTURE_CHANNELS + config.finishFeatures();
    }

    /** Channels of the decoder's last layer: flow corrections and features at half size, shuffled if level 0 is smaller. */
    public static int fusionOutputs(FilmConfig config) {
        int factor = config.stem() / 2;
        return (FLOW_CHANNELS + config.finishFeatures()) * factor * factor;
    }

    Picture finish(Picture first, Picture second, Value toFirst, Value toSecond, Value decoded, Value time) {
        graph.scope("finish");
        if (ops.dialect().blocked()) {
            return new FusedBlendOutput(model, graph, ops).finish(first, second, toFirst, toSecond, decoded, time);
        }
        int factor = model.config().stem() / 2;
        Value half = ops.shuffle(ops.convolve(decoded, Kernel.of(model, "fuse.output_conv")), factor);
        Value corrections = ops.cast(ops.slice(half, 1, 0, FLOW_CHANNELS), Element.FLOAT);
        Value features = ops.enlargeLinear(ops.slice(half, 1, FLOW_CHANNELS, half.channels()), reduction, reduction);
        Side one = side(first, corrected(toFirst, ops.slice(corrections, 1, 0, 2)));
        Side two = side(second, corrected(toSecond, ops.slice(corrections, 1, 2, 4)));

        Value net = ops.concat(1, one.luma, one.halfChroma, two.luma, two.halfChroma);
        net = ops.concat(1, ops.cast(net, element), features);
        net = furtherConvolved(ops, model, ops.convolveAndActivate(net, Kernel.of(model, "finish.convs.0.0")));
        net = ops.convolve(ops.cast(net, Element.FLOAT), Kernel.of(model, "finish.output_conv"));
        Value mask = ops.sigmoid(ops.slice(net, 1, 0, 4));
        Value residual = ops.multiply(net, ops.times(ops.multiply(time, ops.complement(time)), 4));

        Value firstLuma = ops.unshuffle(first.luma(), 2);
        Value secondLuma = ops.unshuffle(second.luma(), 2);
        Stillness stillness = new Stillness(ops, warp);
        Value difference = ops.absolute(ops.subtract(secondLuma, firstLuma));
        Value moving = stillness.moving(ops.maxOfChannels(difference), one.flow, two.flow);
        Value luma = ops.add(blend(mask, one.luma, two.luma, time), ops.slice(residual, 1, 4, 8));
        luma = stillness.applied(moving, luma, firstLuma, secondLuma, time);

        int shrinkY = first.subsamplingY();
        int shrinkX = first.subsamplingX();
        Value chromaMask = shrinkY * shrinkX == 4
                ? ops.meanOfChannels(mask)
                : ops.averagePool(ops.shuffle(mask, 2), shrinkY, shrinkX);
        Value chromaResidual = ops.enlargeNearest(ops.slice(residual, 1, 8, 10), 2 / shrinkY, 2 / shrinkX);
        Value chroma = ops.add(blend(chromaMask, one.chroma, two.chroma, time), chromaResidual);
        Value chromaMoving = ops.enlargeNearest(moving, 2 / shrinkY, 2 / shrinkX);
        chroma = stillness.applied(chromaMoving, chroma, first.chroma(), second.chroma(), time);
        return new Picture(ops.shuffle(luma, 2), chroma);
    }

    /** The last layers behind their first one, but for the very last. */
    static Value furtherConvolved(Operators ops, FilmModel model, Value first) {
        Value net = first;
        for (int conv = 1; conv < model.config().finishConvs(); conv++) {
            net = ops.convolveAndActivate(net, Kernel.of(model, "finish.convs." + conv + ".0"));
        }
        return net;
    }

    /** A flow of level 0, with the decoder's correction, at half the picture's size. */
    private Value corrected(Value flow, Value correction) {
        int factor = model.config().stem() / 2;
        return warp.enlarged(ops.add(warp.enlarged(flow, factor, factor), correction), reduction, reduction);
    }

    /** One picture, warped to the time asked for by a flow in pixels of half the picture's size. */
    private record Side(Value luma, Value chroma, Value halfChroma, Value flow) {}

    private Side side(Picture picture, Value flow) {
        int enlargeY = 2 / picture.subsamplingY();
        int enlargeX = 2 / picture.subsamplingX();
        Value luma = warp.warpedSharply(picture.luma(), flow);
        Value chroma = warp.warpedSharply(picture.chroma(), flow);
        return new Side(ops.unshuffle(luma, 2), chroma, ops.averagePool(chroma, enlargeY, enlargeX), flow);
    }

    /** The mask's odds are those at t = 0.5; time shifts them towards the nearer picture. */
    private Value blend(Value mask, Value first, Value second, Value time) {
        Value firstWeight = ops.multiply(ops.complement(time), mask);
        Value secondWeight = ops.multiply(time, ops.complement(mask));
        Value weight = ops.divide(firstWeight, ops.add(firstWeight, secondWeight));
        return ops.add(second, ops.multiply(weight, ops.subtract(first, second)));
    }
}
