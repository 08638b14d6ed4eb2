package dev.midframe.onnx.lowering;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of the custom operators by name, in the order in which they are passed: values of a graph where one is written,
 * tensors where a kernel runs. What they hold stands at {@link CustomOp}.
 */
public sealed interface Operands<T> {

    /** In the order of the operator's inputs. */
    List<T> list();

    /** @param last left out where it is null */
    private static <T> List<T> list(List<T> required, @Nullable T last) {
        return Stream.concat(required.stream(), Stream.ofNullable(last)).toList();
    }

    private static <T> @Nullable T last(List<T> inputs, int required) {
        return inputs.size() > required ? inputs.get(required) : null;
    }

    /** Luma and chroma of the earlier and the later picture, as the operators around the blend head take them. */
    record Pictures<T>(T firstLuma, T firstChroma, T secondLuma, T secondChroma) {

        private static <T> Pictures<T> of(List<T> inputs, int from) {
            return new Pictures<>(inputs.get(from), inputs.get(from + 1), inputs.get(from + 2), inputs.get(from + 3));
        }
    }

    /** Of {@link CustomOp#AVERAGE_POOL_2X2} and its int8 form. */
    record AveragePool<T>(T planes) implements Operands<T> {

        @Override
        public List<T> list() {
            return List.of(planes);
        }
    }

    /** Of {@link CustomOp#PIXEL_UNSHUFFLE} and its int8 form, which take other parameters. */
    record PixelUnshuffle<T>(T luma, T chroma, T parameters) implements Operands<T> {

        public static <T> PixelUnshuffle<T> of(List<T> inputs) {
            return new PixelUnshuffle<>(inputs.get(0), inputs.get(1), inputs.get(2));
        }

        @Override
        public List<T> list() {
            return List.of(luma, chroma, parameters);
        }
    }

    /** Of {@link CustomOp#FLOW_INPUT} and its int8 form. */
    record FlowInput<T>(T first, T second, T flow) implements Operands<T> {

        public static <T> FlowInput<T> of(List<T> inputs) {
            return new FlowInput<>(inputs.get(0), inputs.get(1), inputs.get(2));
        }

        @Override
        public List<T> list() {
            return List.of(first, second, flow);
        }
    }

    /** Of {@link CustomOp#FUSION_INPUT}, without quantization, and of its int8 form, with it. */
    record FusionInput<T>(
            T first,
            T second,
            T toFirst,
            T toSecond,
            @Nullable T quantization) implements Operands<T> {

        public static <T> FusionInput<T> of(List<T> inputs) {
            return new FusionInput<>(inputs.get(0), inputs.get(1), inputs.get(2), inputs.get(3), last(inputs, 4));
        }

        @Override
        public List<T> list() {
            return Operands.list(List.of(first, second, toFirst, toSecond), quantization);
        }
    }

    /** Of {@link CustomOp#BLEND_HEAD_INPUT}, without quantization, and of its int8 form, with it. */
    record BlendHeadInput<T>(
            Pictures<T> pictures,
            T toFirst,
            T toSecond,
            T decoderOutput,
            T parameters,
            @Nullable T quantization) implements Operands<T> {

        public static <T> BlendHeadInput<T> of(List<T> inputs) {
            return new BlendHeadInput<>(
                    Pictures.of(inputs, 0),
                    inputs.get(4),
                    inputs.get(5),
                    inputs.get(6),
                    inputs.get(7),
                    last(inputs, 8));
        }

        @Override
        public List<T> list() {
            return Operands.list(
                    List.of(
                            pictures.firstLuma(),
                            pictures.firstChroma(),
                            pictures.secondLuma(),
                            pictures.secondChroma(),
                            toFirst,
                            toSecond,
                            decoderOutput,
                            parameters),
                    quantization);
        }
    }

    /** Of {@link CustomOp#BLEND_HEAD}, without quantization, and of its int8 form, with it. */
    record BlendHead<T>(
            T output,
            T moving,
            T warpedChroma,
            T warpedLuma,
            Pictures<T> pictures,
            T time,
            @Nullable T quantization) implements Operands<T> {

        public static <T> BlendHead<T> of(List<T> inputs) {
            return new BlendHead<>(
                    inputs.get(0),
                    inputs.get(1),
                    inputs.get(2),
                    inputs.get(3),
                    Pictures.of(inputs, 4),
                    inputs.get(8),
                    last(inputs, 9));
        }

        @Override
        public List<T> list() {
            return Operands.list(
                    List.of(
                            output,
                            moving,
                            warpedChroma,
                            warpedLuma,
                            pictures.firstLuma(),
                            pictures.firstChroma(),
                            pictures.secondLuma(),
                            pictures.secondChroma(),
                            time),
                    quantization);
        }
    }

    /** Of {@link CustomOp#PICTURE_WARP}. */
    record PictureWarp<T>(T picture, T flow) implements Operands<T> {

        public static <T> PictureWarp<T> of(List<T> inputs) {
            return new PictureWarp<>(inputs.get(0), inputs.get(1));
        }

        @Override
        public List<T> list() {
            return List.of(picture, flow);
        }
    }
}
