package dev.midframe.pipeline;

import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.PadProbe;
import dev.midframe.ffi.gst.webrtc.NegotiationException;
import dev.midframe.ffi.gst.webrtc.WebRtcLibraries;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A {@code webrtcbin} of a {@link MediaPipeline}, which owns it: one side of one WebRTC connection. */
public final class WebRtcBin {

    private static final String CONNECTION = "GST_WEBRTC_PEER_CONNECTION_STATE_";

    private final GStreamer gstreamer;
    private final PipelineElement element;
    private final MediaPipeline pipeline;
    private final Set<PipelineElement> heard = ConcurrentHashMap.newKeySet();
    private volatile long heardNanos = System.nanoTime();

    WebRtcBin(GStreamer gstreamer, PipelineElement element, MediaPipeline pipeline) {
        this.gstreamer = gstreamer;
        this.element = element;
        this.pipeline = pipeline;
    }

    /** What has to be installed for WebRTC, in one line; empty where it is. */
    public static Optional<String> missing() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("webrtcbin", "gstreamer1.0-plugins-bad");
        parts.put("dtlsenc", "gstreamer1.0-plugins-bad");
        parts.put("srtpenc", "gstreamer1.0-plugins-bad");
        parts.put("nicesink", "gstreamer1.0-nice");
        return parts.entrySet().stream()
                .filter(part -> !InstalledGStreamer.has(part.getKey()))
                .findFirst()
                .map(part -> "WebRTC needs GStreamer's " + part.getKey() + ": apt-get install " + part.getValue());
    }

    /**
     * Answers an offer. The pipeline plays, and what it sends is linked to this.
     *
     * @param offer SDP
     * @param local the address to be reached at; empty for all of this machine's
     * @return SDP with the ways to this side
     * @throws PipelineException when the offer cannot be used, in one line
     */
    public String answer(String offer, Optional<InetAddress> local) {
        return element.reference().get(webrtcbin -> {
            try {
                return new WebRtcLibraries(gstreamer).answer(webrtcbin, offer, local);
            } catch (NegotiationException e) {
                throw new PipelineException(OneLine.of(e.getMessage()), e);
            }
        });
    }

    /** Whether both sides have found and know each other. */
    public boolean connected() {
        return connection("CONNECTED");
    }

    /**
     * Call once when it is connected, before anything is sent: its sinks have come since the pipeline began, and without a
     * latency its RTP sessions know no times and report none (RTCP).
     */
    public void settle() {
        pipeline.recalculateLatency();
    }

    /** Whether it is over. */
    public boolean over() {
        return connection("FAILED") || connection("CLOSED");
    }

    private boolean connection(String state) {
        return element.property("connection-state").equals(Optional.of(CONNECTION + state));
    }

    /** When the other side was last heard, on the clock of {@link System#nanoTime}; at first when this was made. */
    public long lastHeardNanos() {
        // They appear with the answer.
        for (PipelineElement source : pipeline.elements("nicesrc")) {
            if (heard.add(source)) {
                source.probe("src", PadProbe.BUFFER | PadProbe.BUFFER_LIST, _ -> heardNanos = System.nanoTime());
            }
        }
        return heardNanos;
    }
}
