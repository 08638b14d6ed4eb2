package dev.midframe.cli;

import dev.midframe.plugin.PluginInstallation;
import dev.midframe.support.UserFolders;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code midframe plugin}: the element in other GStreamer programs. */
@Command(
        name = "plugin",
        description = "Adds midframe to every GStreamer program of this user.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  midframe plugin install",
            "  gst-launch-1.0 videotestsrc ! midframe factor=2 ! videoconvert ! autovideosink"
        })
final class PluginCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "plugin needs a command: install, status or remove");
    }

    @Command(
            name = "install",
            description = "Compiles the plugin and puts it where GStreamer finds it.",
            mixinStandardHelpOptions = true)
    void install() throws IOException, InterruptedException {
        PluginInstallation plugin = ofUser();
        plugin.install();
        out().println("installed " + plugin.library() + "; gst-inspect-1.0 midframe shows the element");
    }

    @Command(name = "status", description = "Says whether it is installed.", mixinStandardHelpOptions = true)
    int status() throws IOException {
        PluginInstallation plugin = ofUser();
        out().println(describe(plugin));
        return plugin.state() == PluginInstallation.State.INSTALLED ? 0 : 1;
    }

    @Command(name = "remove", description = "Takes it away again.", mixinStandardHelpOptions = true)
    void remove() throws IOException {
        PluginInstallation plugin = ofUser();
        out().println(plugin.remove() ? "removed " + plugin.library() : "there is no " + plugin.library());
    }

    static PluginInstallation ofUser() throws IOException {
        return PluginInstallation.ofUser(
                new UserFolders(System.getenv()), MidframeHome.folder(), BuildVersion.number());
    }

    static String describe(PluginInstallation plugin) throws IOException {
        return switch (plugin.state()) {
            case ABSENT ->
                "not installed; ./midframe plugin install makes midframe an element of every GStreamer program";
            case OUTDATED ->
                plugin.library() + " is of another JDK, build or version of Midframe; run ./midframe plugin install";
            case INSTALLED -> plugin.library() + "; every GStreamer program of this user has midframe";
        };
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
