package dev.midframe.film.graph;

import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.model.BlendLayers;
import dev.midframe.film.model.Channels;
import dev.midframe.film.model.Kernel;

/**
 * {@link Lowering#blendHead} in ONNX's own operators. The decoder corrects the flows at half the picture's size; luma is
 * handled as four channels of that size ({@link Operators#unshuffle}) until the very end.
 */
record StandardBlendHead(Lowering lowering, Warp warp, Element element, BlendInput input) {

    Picture picture() {
        Operators ops = lowering.plain();
        BlendLayers layers = input.layers();
        Picture first = input.first();
        Picture second = input.second();
        Value time = input.time();
        Value half = ops.shuffle(ops.convolve(input.decoded(), layers.decoderOutput()), layers.factor());
        Value corrections = ops.cast(ops.slice(half, 1, 0, Channels.FLOWS), Element.FLOAT);
        Value features = ops.enlargeLinear(
                ops.slice(half, 1, Channels.FLOWS, half.channels()), input.reduction(), input.reduction());
        LucasKanade.Both flows = new LucasKanade.Both(
                corrected(input.toFirst(), ops.slice(corrections, 1, 0, 2)),
                corrected(input.toSecond(), ops.slice(corrections, 1, 2, 4)));
        for (int step = 0; step < layers.lucasKanade(); step++) {
            flows = new LucasKanade(lowering).refined(first.luma(), second.luma(), flows);
        }
        Side one = side(first, flows.toFirst());
        Side two = side(second, flows.toSecond());

        Value net = ops.concat(1, one.luma, one.halfChroma, two.luma, two.halfChroma);
        net = ops.concat(1, ops.cast(net, element), features);
        for (Kernel convolution : layers.convolutions()) {
            net = lowering.convolve(net, convolution);
        }
        net = ops.convolve(ops.cast(net, Element.FLOAT), layers.output());
        Value mask = ops.sigmoid(ops.slice(net, 1, Channels.MASK, Channels.LUMA_RESIDUAL));
        Value residual = ops.multiply(net, ops.times(ops.multiply(time, ops.complement(time)), 4));

        Value firstLuma = ops.unshuffle(first.luma(), 2);
        Value secondLuma = ops.unshuffle(second.luma(), 2);
        Stillness stillness = new Stillness(lowering);
        Value difference = ops.absolute(ops.subtract(secondLuma, firstLuma));
        Value moving = stillness.moving(ops.maxOfChannels(difference), one.flow, two.flow);
        Value luma = ops.add(
                blend(mask, one.luma, two.luma),
                ops.slice(residual, 1, Channels.LUMA_RESIDUAL, Channels.CHROMA_RESIDUAL));
        luma = stillness.applied(moving, luma, firstLuma, secondLuma, time);

        int shrinkY = first.subsamplingY();
        int shrinkX = first.subsamplingX();
        Value chromaMask = shrinkY * shrinkX == 4
                ? ops.meanOfChannels(mask)
                : ops.averagePool(ops.shuffle(mask, 2), shrinkY, shrinkX);
        Value chromaResidual = ops.enlargeNearest(
                ops.slice(residual, 1, Channels.CHROMA_RESIDUAL, Channels.BLEND_HEAD), 2 / shrinkY, 2 / shrinkX);
        Value chroma = ops.add(blend(chromaMask, one.chroma, two.chroma), chromaResidual);
        Value chromaMoving = ops.enlargeNearest(moving, 2 / shrinkY, 2 / shrinkX);
        chroma = stillness.applied(chromaMoving, chroma, first.chroma(), second.chroma(), time);
        return new Picture(ops.shuffle(luma, 2), chroma);
    }

    /** A flow of level 0, with the decoder's correction, at half the picture's size. */
    private Value corrected(Value flow, Value correction) {
        Operators ops = lowering.plain();
        int factor = input.layers().factor();
        Value level = ops.add(ops.enlargeFlow(flow, factor, factor), correction);
        return ops.enlargeFlow(level, input.reduction(), input.reduction());
    }

    /** One picture, warped to the time asked for by a flow in pixels of half the picture's size. */
    private record Side(Value luma, Value chroma, Value halfChroma, Value flow) {}

    private Side side(Picture picture, Value flow) {
        Operators ops = lowering.plain();
        int enlargeY = 2 / picture.subsamplingY();
        int enlargeX = 2 / picture.subsamplingX();
        Value luma = warp.bicubic(picture.luma(), flow);
        Value chroma = warp.bicubic(picture.chroma(), flow);
        return new Side(ops.unshuffle(luma, 2), chroma, ops.averagePool(chroma, enlargeY, enlargeX), flow);
    }

    /** The mask's odds are those at t = 0.5; time shifts them towards the nearer picture. */
    private Value blend(Value mask, Value first, Value second) {
        Operators ops = lowering.plain();
        Value time = input.time();
        Value firstWeight = ops.multiply(ops.complement(time), mask);
        Value secondWeight = ops.multiply(time, ops.complement(mask));
        Value weight = ops.divide(firstWeight, ops.add(firstWeight, secondWeight));
        return ops.add(second, ops.multiply(weight, ops.subtract(first, second)));
    }
}
