package dev.midframe.cli.gpu;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** GStreamer's elements that decode and encode on an NVIDIA GPU (plugin nvcodec, which loads the driver's own libraries). */
public final class GpuVideo {

    private static final List<String> DECODERS = List.of("nvh264dec", "nvh265dec", "nvav1dec", "nvvp9dec");
    private static final List<String> ENCODERS = List.of("nvh264enc", "nvh265enc", "nvav1enc");

    private GpuVideo() {}

    /**
     * Which of them are here, in one line.
     *
     * @param has whether there is an element of that name
     */
    public static String describe(Predicate<String> has) {
        List<String> found =
                Stream.concat(DECODERS.stream(), ENCODERS.stream()).filter(has).toList();
        return found.isEmpty()
                ? "decoding and encoding stay on the CPU: there is no nvh264dec; apt-get install gstreamer1.0-plugins-bad,"
                        + " and NVIDIA's libnvcuvid1 and libnvidia-encode1"
                : "decodes and encodes on the GPU: " + String.join(", ", found);
    }
}
