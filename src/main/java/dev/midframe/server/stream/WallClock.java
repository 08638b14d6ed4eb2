package dev.midframe.server.stream;

import dev.midframe.pipeline.MediaBuffer;
import dev.midframe.pipeline.MediaPipeline;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** What time it was when a pipeline had a running time. */
final class WallClock {

    private WallClock() {}

    /**
     * @param runningTimeNanos of the pipeline; negative where it is unknown, which stands for now
     * @return microseconds since 1970
     */
    static long micros(MediaPipeline pipeline, long runningTimeNanos) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        long pipelineNanos = pipeline.runningTime();
        if (pipelineNanos == MediaBuffer.UNKNOWN_TIME || runningTimeNanos < 0) {
            return now;
        }
        return now - TimeUnit.NANOSECONDS.toMicros(pipelineNanos - runningTimeNanos);
    }
}
