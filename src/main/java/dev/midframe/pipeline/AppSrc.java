package dev.midframe.pipeline;

import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.PadProbe;

/** An {@code appsrc} of a {@link MediaPipeline}, which owns it: where buffers come into the pipeline. */
public final class AppSrc {

    private static final int FLOW_OK = 0;

    private final GStreamer gstreamer;
    private final PipelineElement element;

    AppSrc(GStreamer gstreamer, PipelineElement element) {
        this.gstreamer = gstreamer;
        this.element = element;
    }

    /** Makes a sample's caps those of what is pushed next. */
    public void followCaps(Sample sample) {
        element.reference().use(source -> gstreamer.app().gst_app_src_set_caps(source, sample.capsAddress()));
    }

    /**
     * Gives the buffer away; one that the pipeline does not take any more is dropped.
     *
     * @return whether it was taken
     */
    public boolean push(MediaBuffer buffer) {
        return element.reference()
                .get(source -> gstreamer.app().gst_app_src_push_buffer(source, buffer.release()) == FLOW_OK);
    }

    /** Tells of requests for a key frame that come from behind it, in a thread of GStreamer's. Call before it plays. */
    public void onKeyFrameRequest(Runnable request) {
        element.probe("src", PadProbe.EVENT_UPSTREAM, event -> {
            if (gstreamer.video().gst_video_event_is_force_key_unit(event) != 0) {
                request.run();
            }
        });
    }

    /** Ends the stream behind what was pushed. */
    public void end() {
        element.reference().use(source -> gstreamer.app().gst_app_src_end_of_stream(source));
    }
}
