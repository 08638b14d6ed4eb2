package dev.midframe.pipeline;

import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.testkit.ResidentMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A program that goes each way through the binding many times and says how it grew. */
final class BindingPaths {

    static final int TIMES = 1000;
    static final int PIPELINES = 200;

    private static final Duration LONG = Duration.ofSeconds(60);

    /** One way through the binding, so often. */
    private interface Way {
        void go(int times) throws Exception;
    }

    private BindingPaths() {}

    private static Map<String, Way> ways(Path silentFilm, Path output) {
        var ways = new LinkedHashMap<String, Way>();
        ways.put("start and stop", times -> {
            for (int i = 0; i < times / (TIMES / PIPELINES); i++) {
                run("videotestsrc num-buffers=2 ! video/x-raw,width=32,height=32 ! fakesink");
            }
        });
        ways.put("failures", times -> {
            for (int i = 0; i < times / (TIMES / PIPELINES); i++) {
                run("videotestsrc num-buffers=9 ! identity error-after=3 ! fakesink");
            }
        });
        ways.put("absent streams and demuxers", times -> {
            for (int i = 0; i < times / (TIMES / PIPELINES); i++) {
                run("filesrc location=" + silentFilm + " ! decodebin name=in in. ! video/x-raw ! fakesink"
                        + " in. ! audio/x-raw ! audioconvert ! fakesink");
            }
        });
        ways.put("muxers that are cut short", times -> {
            for (int i = 0; i < times / (TIMES / PIPELINES); i++) {
                run("videotestsrc num-buffers=9 ! identity error-after=3 ! x264enc ! mp4mux ! filesink location="
                        + output);
            }
        });
        ways.put("samples", BindingPaths::samples);
        ways.put("buffers", BindingPaths::buffers);
        ways.put("questions", BindingPaths::questions);
        return ways;
    }

    private static void run(String text) throws InterruptedException {
        try (var media = MediaPipeline.launch(new PipelineDescription("test", text))) {
            media.play();
            media.await(LONG).orElseThrow();
        }
    }

    private static void samples(int times) {
        try (var media = MediaPipeline.launch(new PipelineDescription(
                "test",
                "videotestsrc num-buffers=" + times + " ! video/x-raw,width=32,height=32"
                        + " ! appsink name=out sync=false max-buffers=4"))) {
            AppSink sink = media.appSink("out").orElseThrow();
            media.play();
            int pulled = 0;
            for (Sample sample = sink.pull(); sample != null; sample = sink.pull()) {
                try (Sample owned = sample;
                        MediaBuffer copy = owned.copyBuffer()) {
                    pulled += owned.caps().width() == 32 && owned.runningTime() == owned.streamTime() ? 1 : 0;
                    copy.stamp(owned.<Long>read(bytes -> bytes.byteSize()));
                }
            }
            require(pulled == times);
        }
    }

    private static void buffers(int times) throws InterruptedException {
        try (var source = MediaPipeline.launch(
                        new PipelineDescription("test", "videotestsrc num-buffers=1 ! appsink name=out"));
                var media = MediaPipeline.launch(new PipelineDescription(
                        "test", "appsrc name=in format=time max-bytes=0 ! fakesink sync=false"))) {
            source.play();
            media.play();
            AppSrc in = media.appSrc("in").orElseThrow();
            try (Sample sample = source.appSink("out").orElseThrow().pull()) {
                for (int i = 0; i < times; i++) {
                    in.followCaps(sample);
                    MediaBuffer buffer = sample.copyBuffer();
                    buffer.stamp(i, 1);
                    in.push(buffer);
                    MediaBuffer fresh = MediaBuffer.allocate(10_000);
                    fresh.write(bytes -> bytes.fill((byte) 1));
                    in.push(fresh);
                }
            }
            media.finish();
            require(media.await(LONG).orElseThrow().failure().isEmpty());
        }
    }

    private static void questions(int times) {
        try (var media = MediaPipeline.launch(new PipelineDescription(
                "test", "videotestsrc is-live=true ! x264enc tune=zerolatency ! appsink name=out drop=true"))) {
            media.play();
            AppSink sink = media.appSink("out").orElseThrow();
            require(sink.pull(LONG) instanceof Sample sample && closed(sample));
            for (int i = 0; i < times; i++) {
                require(media.progress().duration().isEmpty());
                require(media.runningTime() > 0);
                require(media.sources().equals(java.util.List.of("videotestsrc")));
                PipelineElement encoder = media.elements("x264enc").getFirst();
                require(encoder.number("bitrate") == 2048);
                require(encoder.property("no-such-property").isEmpty());
                require(encoder.caps("src").orElseThrow().width() == 320);
                sink.forceKeyUnit();
            }
        }
    }

    private static boolean closed(Sample sample) {
        sample.close();
        return true;
    }

    private static void require(boolean fact) {
        if (!fact) {
            throw new AssertionError();
        }
    }

    /** @param arguments a film without sound, and a file to write */
    public static void main(String[] arguments) throws Exception {
        for (var way : ways(Path.of(arguments[0]), Path.of(arguments[1])).entrySet()) {
            way.getValue().go(TIMES / 2);
            // A leak shows each time, what the JVM compiles meanwhile does not.
            long growth = Long.MAX_VALUE;
            for (int round = 0; round < 2; round++) {
                long before = ResidentMemory.kilobytes();
                way.getValue().go(TIMES);
                growth = Math.min(growth, ResidentMemory.kilobytes() - before);
            }
            System.out.println(way.getKey() + "\t" + growth);
        }
        System.out.println("handlers\t" + GStreamer.get().callbacks().size());
    }
}
