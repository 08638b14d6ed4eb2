package dev.midframe.server.stream;

import dev.midframe.pipeline.AppSink;
import dev.midframe.pipeline.MediaBuffer;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.Sample;
import dev.midframe.server.websocket.EncodedSound;
import dev.midframe.server.websocket.SoundFormat;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Pulls what arrives at {@code appsink name=sound}, where a pipeline has one, in a thread of its own. */
final class SoundPump {
    static final String SINK = "sound";

    private final MediaPipeline pipeline;
    private final LongUnaryOperator clock;
    private final Consumer<EncodedSound> packets;
    private final @Nullable Thread thread;

    /**
     * @param pipeline is lent
     * @param clock from the pipeline's running time to the stream's, in nanoseconds; negative while that is not known
     * @param packets called in the thread of this pump, one packet at a time
     */
    SoundPump(MediaPipeline pipeline, String name, LongUnaryOperator clock, Consumer<EncodedSound> packets) {
        this.pipeline = pipeline;
        this.clock = clock;
        this.packets = packets;
        this.thread = pipeline.appSink(SINK)
                .map(sink -> Thread.ofPlatform().daemon().name("sound-" + name).unstarted(() -> pump(sink)))
                .orElse(null);
    }

    void start() {
        if (thread != null) {
            thread.start();
        }
    }

    /** Waits until it is done, after the pipeline was stopped. */
    void join() throws InterruptedException {
        if (thread != null) {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        }
    }

    private void pump(AppSink sink) {
        for (Sample sample = sink.pull(); sample != null; sample = sink.pull()) {
            try (Sample pulled = sample) {
                long running = pulled.runningTime();
                long time = running == MediaBuffer.UNKNOWN_TIME ? -1 : clock.applyAsLong(running);
                if (time >= 0) {
                    SoundFormat.of(pulled.soundCaps())
                            .ifPresent(
                                    format -> pulled.read(bytes -> hand(format, bytes.asByteBuffer(), running, time)));
                }
            }
        }
    }

    private ByteBuffer hand(SoundFormat format, ByteBuffer payload, long running, long time) {
        packets.accept(new EncodedSound(payload, format, time, WallClock.micros(pipeline, running)));
        return payload;
    }
}
