package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.cli.gpu.GpuVideo;
import org.junit.jupiter.api.Test;

class GpuVideoTest {

    @Test
    void namesTheElementsThatAreHere() {
        assertThat(GpuVideo.describe(name -> name.startsWith("nvh264")))
                .isEqualTo("decodes and encodes on the GPU: nvh264dec, nvh264enc");
    }

    @Test
    void saysWhatToInstallWhereThereIsNone() {
        assertThat(GpuVideo.describe(name -> false))
                .contains("stay on the CPU")
                .contains("apt-get install gstreamer1.0-plugins-bad");
    }
}
