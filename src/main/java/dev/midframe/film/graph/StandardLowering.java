package dev.midframe.film.graph;

import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.model.Kernel;
import java.util.List;

/** ONNX's own operators and layout, which any engine takes. Features are in the precision asked for. */
public final class StandardLowering implements Lowering {

    private final GraphBuilder graph;
    private final Element element;
    private final Operators plain;
    private final Warp warp;

    private StandardLowering(GraphBuilder graph, Precision precision) {
        this.graph = graph;
        this.element = precision == Precision.FP16 ? Element.FLOAT16 : Element.FLOAT;
        this.plain = new Operators(graph);
        this.warp = new Warp(graph, plain);
    }

    /** @param precision of weights and features */
    public static Factory in(Precision precision) {
        return graph -> new StandardLowering(graph, precision);
    }

    @Override
    public Operators plain() {
        return plain;
    }

    @Override
    public Value imageInput(String name, int height, int width) {
        return graph.input(name, element, 1, 3, height, width);
    }

    @Override
    public Value featuresInput(String name, List<Integer> channels, int height, int width) {
        return graph.input(
                name, element, 1, channels.stream().mapToInt(Integer::intValue).sum(), height, width);
    }

    @Override
    public Value image(Value rgb) {
        return plain.cast(rgb, element);
    }

    @Override
    public Value pixelUnshuffle(Value luma, Value chroma, int stem) {
        return plain.cast(plain.concat(1, plain.unshuffle(luma, stem), plain.unshuffle(chroma, stem / 2)), element);
    }

    @Override
    public Value averagePool(Value a, int factorY, int factorX) {
        return plain.averagePool(a, factorY, factorX);
    }

    @Override
    public Value convolve(Value a, Kernel kernel) {
        return plain.leakyRelu(plain.convolve(a, kernel), LEAK);
    }

    /** Computed the other way round, without the four times larger features in between. */
    @Override
    public Value upsampleAndConvolve(Value a, Kernel kernel) {
        return plain.shuffle(plain.convolve(a, kernel.beforeDepthToSpace()), 2);
    }

    @Override
    public Value concatenate(List<Value> features) {
        return plain.concat(1, features.toArray(Value[]::new));
    }

    @Override
    public Value warp(Value picture, Value flow) {
        return warp.bilinear(picture, flow);
    }

    @Override
    public Value flowInput(Value first, Value second, Value flow) {
        Value own = plain.concat(0, first, second);
        Value other = plain.concat(0, second, first);
        return plain.concat(1, own, warp.bilinear(other, flow));
    }

    @Override
    public Value flowHead(Value a, Kernel hidden, Kernel output) {
        return plain.convolve(plain.cast(convolve(a, hidden), Element.FLOAT), output);
    }

    @Override
    public Value fusionInput(int level, Value first, Value second, Value toFirst, Value toSecond) {
        return plain.concat(
                1,
                warp.bilinear(first, toFirst),
                warp.bilinear(second, toSecond),
                plain.cast(toFirst, element),
                plain.cast(toSecond, element));
    }

    @Override
    public Value rgbHead(Value decoded, Kernel output) {
        return plain.cast(plain.convolve(decoded, output), Element.FLOAT);
    }

    @Override
    public Picture blendHead(BlendInput input) {
        return new StandardBlendHead(this, warp, element, input).picture();
    }
}
