package dev.midframe.film.network;

import dev.midframe.film.graph.CustomOp;
import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.Operators;
import dev.midframe.film.graph.Quantization;
import dev.midframe.film.graph.Value;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.Kernel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** {@link BlendOutput} through operators of the project's own ({@link CustomOp}), its last layers in blocks or in bytes. */
record FusedBlendOutput(FilmModel model, GraphBuilder graph, Operators ops) {

    private static final int PICTURES = BlendOutput.PICTURE_CHANNELS;
    private static final int FLOWS = BlendOutput.FLOW_CHANNELS;

    /** Bytes of a position of the last layer's answer: a whole number of 32-bit words, as many as a power of two. */
    private static final int ANSWER_BYTES = 16;

    Picture finish(Picture first, Picture second, Value toFirst, Value toSecond, Value decoded, Value time) {
        List<Value> pictures = List.of(first.luma(), first.chroma(), second.luma(), second.chroma());
        List<Value> inputs = new ArrayList<>(pictures);
        inputs.addAll(List.of(toFirst, toSecond, answer(ops.numbers(decoded)), told("features", features())));
        List<Value> warped = warped(first, inputs);

        boolean bytes = ops.dialect().bytes();
        List<Value> operands = new ArrayList<>();
        operands.add(convolved(warped.getFirst()));
        operands.addAll(warped.subList(1, warped.size()));
        operands.addAll(pictures);
        operands.add(time);
        if (bytes) {
            Quantization answer = operands.getFirst().quantization();
            float[] scales = answer.scales();
            operands.add(told("answer", scales[0], scales[4], scales[8], answer.zero()));
        }
        CustomOp operator = bytes ? CustomOp.INT8_BLEND_HEAD : CustomOp.BLEND_HEAD;
        List<Value> picture =
                ops.ask(operator, List.of(first.luma().shape(), first.chroma().shape()), array(operands));
        return new Picture(picture.get(0), picture.get(1));
    }

    private int features() {
        return model.config().finishFeatures();
    }

    /** The decoder's last layer. */
    private Value answer(Value decoded) {
        int phases = model.config().stem() * model.config().stem() / 4;
        Kernel output = Kernel.of(model, "fuse.output_conv").withOutputs(featuresFirst(FLOWS, phases));
        return ops.blocks().convolve(decoded, output, Collections.nCopies(phases, features() + FLOWS));
    }

    /** What the last layers see, flows, and both warped pictures. */
    private List<Value> warped(Picture like, List<Value> inputs) {
        int height = like.luma().height() / 2;
        int width = like.luma().width() / 2;
        Value chroma = like.chroma();
        int channels = PICTURES + features();
        int stored = ops.blocks().stored(List.of(channels));
        Quantization details = ops.dialect().bytes() ? ops.ranges().details(features()) : null;
        if (details != null) {
            inputs.add(told("details", details.scale(), details.zero(), details.scales()[PICTURES]));
        }
        List<int[]> shapes = List.of(
                details != null ? new int[] {1, height, width, channels} : new int[] {1, stored, height, width},
                new int[] {1, FLOWS, height, width},
                new int[] {1, 4, chroma.height(), chroma.width()},
                new int[] {1, 2, 2 * height, 2 * width});
        CustomOp operator = details != null ? CustomOp.INT8_BLEND_HEAD_INPUT : CustomOp.BLEND_HEAD_INPUT;
        List<Value> warped = new ArrayList<>(ops.ask(operator, shapes, array(inputs)));
        Value seen = warped.getFirst();
        warped.set(0, details != null ? seen.inBytes(details) : seen.inBlocks(List.of(channels)));
        return warped;
    }

    /** The last layers. */
    private Value convolved(Value details) {
        Kernel first = Kernel.of(model, "finish.convs.0.0");
        Kernel last = Kernel.of(model, "finish.output_conv");
        if (details.bytes()) {
            Value net = BlendOutput.furtherConvolved(ops, model, ops.convolveAndActivate(details, first));
            return ops.bytes()
                    .convolve(net, last.filledUp(ANSWER_BYTES), ops.ranges().answer(ANSWER_BYTES));
        }
        Kernel entrance = first.withInputs(featuresFirst(PICTURES, 1));
        return ops.convolve(BlendOutput.furtherConvolved(ops, model, ops.convolveAndActivate(details, entrance)), last);
    }

    /** Every phase's channels together, and those behind the first few, the features, before these. */
    private int[] featuresFirst(int few, int phases) {
        int channels = few + features();
        int[] byPhase = Kernel.byPhase(channels, phases);
        return IntStream.range(0, channels * phases)
                .map(place -> byPhase[place / channels * channels + (place % channels + few) % channels])
                .toArray();
    }

    private Value told(String what, float... numbers) {
        return graph.constant("finish." + what, Element.FLOAT, new int[] {numbers.length}, numbers);
    }

    private static Value[] array(List<Value> values) {
        return values.toArray(Value[]::new);
    }
}
