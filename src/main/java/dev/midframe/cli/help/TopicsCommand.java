package dev.midframe.cli.help;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code midframe topics}, and {@code midframe help topics}: which page of the documents answers what. */
@Command(
        name = "topics",
        description = "Names the pages to read about each topic.",
        footer = {
            "",
            "Guides, in docs/guide:",
            "  install.md    what a machine needs",
            "  convert.md    films and folders of films",
            "  archives.md   long films, many films, many machines",
            "  play.md       films in a window",
            "  capture.md    games and anything else on the screen",
            "  browser.md    cameras and other sources in a browser",
            "  server.md     a server that runs for months",
            "  live.md       OBS to a platform; RTMP, SRT, RTP",
            "  obs.md        sources inside OBS",
            "  plugin.md     gst-launch-1.0, Python and other programs",
            "  models.md     models; importing the published weights",
            "  gpu.md        NVIDIA GPUs",
            "  faq.md        questions and complaints",
            "",
            "Reference, in docs/reference:",
            "  element.md    the element's properties",
            "  cli.md        commands and options",
            "  pipelines.md  the files of pipelines/ and their variables",
            "  configuration.md, control-api.md, websocket.md, metrics.md: the server"
        })
public final class TopicsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        for (String line : spec.usageMessage().footer()) {
            spec.commandLine().getOut().println(line);
        }
        return 0;
    }
}
