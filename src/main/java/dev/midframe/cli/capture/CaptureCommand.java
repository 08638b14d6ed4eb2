package dev.midframe.cli.capture;

import dev.midframe.cli.GStreamerRuntime;
import dev.midframe.cli.PipelineRun;
import dev.midframe.cli.play.DesktopSinks;
import dev.midframe.pipeline.InstalledGStreamer;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.capture.ScreenCast;
import dev.midframe.pipeline.capture.ScreenCast.Kind;
import dev.midframe.support.FrameSize;
import dev.midframe.support.UserFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midframe capture}: a window or the screen, at the display's rate. */
@Command(
        name = "capture",
        description = "Shows a game, or anything else on the screen, at a higher frame rate.",
        footer = {
            "",
            "Examples:",
            "  midframe capture window",
            "  midframe capture screen --fps 144 --full-screen",
            "  midframe capture window --to /dev/video9"
        })
public final class CaptureCommand implements Callable<Integer> {

    private static final int FASTEST = 1000;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "window|screen",
            defaultValue = "window",
            description = "What is captured (default: ${DEFAULT-VALUE}). On Wayland the desktop asks which one.")
    private String what = "window";

    @Option(
            names = "--fps",
            paramLabel = "N",
            defaultValue = "60",
            description = "Frames shown a second, best the display's rate (default: ${DEFAULT-VALUE}).")
    private int fps = 60;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Scales what is captured to this size, for slow engines.")
    private @Nullable String size;

    @Option(names = "--pointer", description = "With the mouse pointer in the picture.")
    private boolean pointer;

    @Option(names = "--full-screen", description = "Fills the screen (Wayland).")
    private boolean fullScreen;

    @Option(names = "--to", paramLabel = "DEVICE", description = "A V4L2 loopback device, such as /dev/video9 for OBS.")
    private @Nullable Path device;

    @Option(names = "--sink", paramLabel = "ELEMENT", description = "What takes the pictures, in place of a window.")
    private @Nullable String sink;

    @Option(names = "--ask", description = "Has the desktop ask again what to share (Wayland).")
    private boolean ask;

    @Option(names = "--window", paramLabel = "ID", description = "X11: the window, as xwininfo prints it (0x2a00007).")
    private @Nullable String window;

    @Option(
            names = "--game-fps",
            paramLabel = "N",
            description = "X11: how often the picture is looked at, best the game's rate (default: half of --fps).")
    private int gameFps;

    @Option(names = "--model", paramLabel = "NAME", defaultValue = "auto", description = "The model (see models list).")
    private String model = "auto";

    @Option(names = "--backend", paramLabel = "NAME", defaultValue = "auto", description = "auto, cpu or tensorrt.")
    private String backend = "auto";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Kind kind = kind();
        var desktop = new DesktopSinks(System.getenv());
        var pipeline = new CapturePipeline(fps, caps(), sink(desktop), Map.of("model", model, "backend", backend));
        GStreamerRuntime.start();
        if (!desktop.isWayland()) {
            return run(pipeline.ofX11(x11Window(kind), pointer, gameFps == 0 ? Math.max(1, fps / 2) : gameFps));
        }
        if (!InstalledGStreamer.has("pipewiresrc")) {
            throw new IllegalStateException(
                    "GStreamer has no element pipewiresrc; as root: apt-get install gstreamer1.0-pipewire");
        }
        Path state = new UserFolders(System.getenv()).state();
        var token = new RestoreToken(state.resolve("capture-" + what + ".token"));
        Optional<String> known = ask ? Optional.empty() : token.read();
        try (var cast = ScreenCast.open(new ScreenCast.Request(kind, pointer, known))) {
            if (cast.restoreToken().isPresent()) {
                token.write(cast.restoreToken().get());
            }
            return run(pipeline.ofPipeWire(cast.descriptor(), cast.node()));
        }
    }

    private int run(PipelineDescription description) throws InterruptedException {
        try (var media = MediaPipeline.launch(description)) {
            return new PipelineRun(media, spec.commandLine().getErr())
                    .toTheEnd()
                    .exitCode();
        }
    }

    private Kind kind() {
        for (int number : new int[] {fps, gameFps == 0 ? 1 : gameFps}) {
            check(number >= 1 && number <= FASTEST, number + " is no rate; write 1 to " + FASTEST);
        }
        check(device == null || sink == null, "the pictures go to a device or to a sink, not to both");
        return switch (what) {
            case "window" -> Kind.WINDOW;
            case "screen" -> Kind.SCREEN;
            default -> throw wrong("'" + what + "' cannot be captured; write window or screen");
        };
    }

    private String caps() {
        if (size == null) {
            return "";
        }
        try {
            FrameSize scaled = FrameSize.parse(size);
            return ",width=" + scaled.width() + ",height=" + scaled.height();
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private String sink(DesktopSinks desktop) {
        if (device != null) {
            check(Files.exists(device), "there is no " + device + "; as root: modprobe v4l2loopback video_nr=9");
            return "video/x-raw,format=YUY2 ! v4l2sink device=" + PipelineDescription.quoted(device.toString());
        }
        if (sink != null) {
            return sink;
        }
        if (fullScreen) {
            check(desktop.isWayland(), "a window fills the screen on Wayland alone");
            return "waylandsink fullscreen=true";
        }
        return desktop.isWayland() ? "waylandsink" : desktop.window();
    }

    private String x11Window(Kind kind) {
        if (kind == Kind.SCREEN) {
            return "0";
        }
        check(window != null, "on X11 say which window: --window ID, as xwininfo prints it, or capture the screen");
        check(window.matches("0x[0-9a-fA-F]{1,8}|[0-9]{1,10}"), "'" + window + "' is no window; write 0x2a00007");
        return window;
    }

    private void check(boolean right, String message) {
        if (!right) {
            throw wrong(message);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
