package dev.midframe.tensorrt.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.film.graph.Precision;
import dev.midframe.tensorrt.TensorRtException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildSettingsTest {

    @Test
    void areTheDefaultWhereAUserHasChosenNothing() {
        assertThat(BuildSettings.of(Map.of("MIDFRAME_TENSORRT_LEVEL", ""))).isEqualTo(BuildSettings.DEFAULT);
    }

    @Test
    void areWhatAUserHasChosen() {
        Map<String, String> environment = Map.of(
                "MIDFRAME_TENSORRT_PRECISION", "fp32",
                "MIDFRAME_TENSORRT_LEVEL", "5",
                "MIDFRAME_TENSORRT_WORKSPACE", "512",
                "MIDFRAME_TENSORRT_WARPS", "kernels");

        assertThat(BuildSettings.of(environment))
                .isEqualTo(new BuildSettings(Precision.FP32, 5, 512L << 20, BuildSettings.Warps.KERNELS));
    }

    @ParameterizedTest
    @CsvSource({
        "MIDFRAME_TENSORRT_PRECISION, int8, neither fp16 nor fp32",
        "MIDFRAME_TENSORRT_WARPS, cpu, neither engine nor kernels",
        "MIDFRAME_TENSORRT_LEVEL, 6, no number from 0 to 5",
        "MIDFRAME_TENSORRT_LEVEL, high, no number from 0 to 5",
        "MIDFRAME_TENSORRT_WORKSPACE, 0, no number from 1 to 1048576",
        "MIDFRAME_TENSORRT_WORKSPACE, 99999999999999999999, no number from 1 to 1048576"
    })
    void refuseAnythingElseByName(String variable, String value, String reason) {
        assertThatThrownBy(() -> BuildSettings.of(Map.of(variable, value)))
                .isInstanceOf(TensorRtException.class)
                .hasMessage(variable + "=" + value + " is " + reason);
    }
}
