package dev.midframe.cli;

import dev.midframe.cli.gpu.GpuVideo;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.PairsInFlight;
import dev.midframe.onnx.OnnxInterpolatorFactory;
import dev.midframe.onnx.Processor;
import dev.midframe.pipeline.InstalledGStreamer;
import dev.midframe.support.FrameSize;
import dev.midframe.tensorrt.Folders;
import dev.midframe.tensorrt.TensorRtAvailability;
import dev.midframe.tensorrt.build.CachedEngines;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code midframe doctor}: what was found, what will be used and why. */
@Command(name = "doctor", description = "Shows what this machine has, lacks and will use.")
final class DoctorCommand implements Callable<Integer> {

    /** What the pipelines of pipelines/ are made of, and the Debian package that brings it. */
    private static final Map<String, String> ELEMENTS = elements();

    @Spec
    private CommandSpec spec;

    private boolean healthy = true;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        line(
                out,
                "JDK",
                System.getProperty("java.vendor.version", System.getProperty("java.vendor")) + " " + Runtime.version()
                        + " in " + System.getProperty("java.home"));
        line(
                out,
                "CPU",
                Runtime.getRuntime().availableProcessors() + " processors, "
                        + Processor.ofMachine().description());
        line(out, "depth", depth());
        gstreamer(out);
        line(out, "plugin", plugin());
        line(out, "ONNX Runtime", OnnxInterpolatorFactory.version() + " (CPU)");
        TensorRtAvailability gpu = TensorRtAvailability.probe(System.getenv());
        gpu.found().forEach(found -> line(out, "GPU", found));
        gpu.missing().forEach(missing -> line(out, "GPU", "missing: " + missing));
        gpu.unbuildable().forEach(reason -> line(out, "GPU", "only engines that are kept already: " + reason));
        if (gpu.gpu()) {
            line(out, "GPU video", GpuVideo.describe(InstalledGStreamer::has));
            rates().forEach(rate -> line(out, "GPU rate", rate));
        }
        FilmModels models = FilmModels.ofUser(System.getenv());
        line(out, "models", String.join(", ", models.names()) + "; yours go to " + models.folder());
        line(
                out,
                "backend=auto",
                gpu.complete()
                        ? "TensorRT, because a GPU and TensorRT are there"
                        : "ONNX Runtime on the CPU with " + FilmModels.DEFAULT + ", because "
                                + gpu.missing().getFirst());
        return healthy ? 0 : 1;
    }

    private static String depth() {
        PairsInFlight machine = PairsInFlight.ofMachine(/* threads= */ 0);
        String files = Stream.of("640x360", "1920x1080", "3840x2160")
                .map(size -> machine.chosen(/* live= */ false, format(FrameSize.parse(size))) + " at " + size)
                .collect(Collectors.joining(", "));
        return "pairs in flight, where none are set: of a file " + files + "; of a live stream 1";
    }

    private static FrameFormat format(FrameSize size) {
        return new FrameFormat(PixelFormat.I420, size.width(), size.height(), Colorimetry.BT601_LIMITED);
    }

    private void gstreamer(PrintWriter out) {
        try {
            GStreamerRuntime.start();
        } catch (IllegalStateException e) {
            healthy = false;
            line(out, "GStreamer", e.getMessage());
            return;
        }
        line(out, "GStreamer", "GStreamer " + InstalledGStreamer.version() + "; element midframe registered");
        ELEMENTS.forEach((element, packageName) -> {
            if (!InstalledGStreamer.has(element)) {
                healthy = false;
                line(out, "GStreamer", "missing: element " + element + "; apt-get install " + packageName);
            }
        });
    }

    /** What was measured here after builds: for other models and sizes nobody knows before gpu-check. */
    private static List<String> rates() {
        try {
            List<String> rates = new CachedEngines(new Folders(System.getenv()).engines()).rates();
            return rates.isEmpty() ? List.of("not measured here yet: gpu-check does it") : rates;
        } catch (IOException e) {
            return List.of(e.getMessage());
        }
    }

    private static String plugin() {
        try {
            return PluginCommand.describe(PluginCommand.ofUser());
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private static Map<String, String> elements() {
        var elements = new LinkedHashMap<String, String>();
        elements.put("decodebin", "gstreamer1.0-plugins-base");
        elements.put("videoconvert", "gstreamer1.0-plugins-base");
        elements.put("mp4mux", "gstreamer1.0-plugins-good");
        elements.put("h264parse", "gstreamer1.0-plugins-bad");
        elements.put("nicesink", "gstreamer1.0-nice");
        elements.put("x264enc", "gstreamer1.0-plugins-ugly");
        elements.put("avdec_h264", "gstreamer1.0-libav");
        return elements;
    }

    private static void line(PrintWriter out, String what, String text) {
        out.printf("%-14s %s%n", what, text);
        out.flush();
    }
}
