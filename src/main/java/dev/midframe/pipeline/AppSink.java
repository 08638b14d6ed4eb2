package dev.midframe.pipeline;

import dev.midframe.ffi.gst.GStreamer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An {@code appsink} of a {@link MediaPipeline}, which owns it: where samples leave the pipeline. Any thread may pull. */
public final class AppSink {

    private static final Duration LOOK_UP = Duration.ofMillis(200);

    private final GStreamer gstreamer;
    private final PipelineElement element;
    private final BooleanSupplier failed;

    /** @param failed whether nothing more will come because the pipeline has failed */
    AppSink(GStreamer gstreamer, PipelineElement element, BooleanSupplier failed) {
        this.gstreamer = gstreamer;
        this.element = element;
        this.failed = failed;
    }

    /** Waits for the next sample; null at the end of the stream, after a failure, or when the pipeline is stopped. */
    public @Nullable Sample pull() {
        while (true) {
            Sample sample = pull(LOOK_UP);
            if (sample != null || failed.getAsBoolean() || isAtEnd()) {
                return sample;
            }
        }
    }

    /** The next sample; null when none came in time, the stream has ended or the pipeline does not run. */
    public @Nullable Sample pull(Duration time) {
        return element.reference().get(sink -> {
            long sample = gstreamer.app().gst_app_sink_try_pull_sample(sink, time.toNanos());
            return sample == 0 ? null : new Sample(gstreamer, sample);
        });
    }

    /** Asks the encoder before it to make its next picture a key frame, with all parameter sets. */
    public void forceKeyUnit() {
        long event = gstreamer.video().gst_video_event_new_upstream_force_key_unit(MediaBuffer.UNKNOWN_TIME, 1, 0);
        element.reference().use(sink -> gstreamer.elements().gst_element_send_event(sink, event));
    }

    private boolean isAtEnd() {
        return element.reference().get(sink -> gstreamer.app().gst_app_sink_is_eos(sink) != 0);
    }
}
