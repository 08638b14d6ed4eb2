package dev.midframe.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.midframe.film.ModelException;
import dev.midframe.film.model.FilmModel;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.onnx.kernels.Computation;
import dev.midframe.onnx.lowering.ActivationRanges;
import dev.midframe.onnx.lowering.CpuLowering;
import dev.midframe.onnx.lowering.LayoutProbe;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Which lowering is the fastest on this machine. */
final class Lowerings {

    /** An environment variable: {@code off} has every model computed in floats. */
    private static final String INT8 = "MIDFRAME_CPU_INT8";

    private Lowerings() {}

    /** In floats: in ONNX Runtime's blocks where it has some and they are whole vectors, otherwise {@link CpuLowering#STANDARD}. */
    static CpuLowering floats() {
        OrtEnvironment environment = OrtLibrary.environment();
        try {
            OptionalInt block = OrtGate.ofProcess().inside(() -> LayoutProbe.block(environment));
            return block.isPresent() && Computation.takes(block.getAsInt())
                    ? CpuLowering.nchwc(block.getAsInt())
                    : CpuLowering.STANDARD;
        } catch (OrtException e) {
            return CpuLowering.STANDARD;
        }
    }

    /**
     * In int8 where the processor is fast at it and the model has activation ranges, otherwise in floats.
     *
     * @param environment as {@link System#getenv()}
     * @throws InterpolationException when MIDFRAME_CPU_INT8 is neither on nor off
     * @throws ModelException when the model's activation ranges are unusable
     */
    static CpuLowering fastest(FilmModel model, Map<String, String> environment) {
        CpuLowering floats = floats();
        boolean wanted = int8Wanted(environment.get(INT8));
        if (!wanted || !floats.usesCustomOperators() || !Processor.ofMachine().fastInt8() || !Computation.takesInt8()) {
            return floats;
        }
        return ActivationRanges.of(model)
                .map(ranges -> CpuLowering.int8(floats.block(), ranges))
                .orElse(floats);
    }

    static boolean int8Wanted(@Nullable String setting) {
        return switch (setting) {
            case null -> true;
            case "on" -> true;
            case "off" -> false;
            default -> throw new InterpolationException(INT8 + " is " + setting + "; it can be on or off");
        };
    }
}
