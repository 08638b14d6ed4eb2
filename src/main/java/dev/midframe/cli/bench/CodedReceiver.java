package dev.midframe.cli.bench;

import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.PipelineDescription;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.IntConsumer;
import org.freedesktop.gstreamer.Buffer;
import org.freedesktop.gstreamer.Caps;
import org.freedesktop.gstreamer.Sample;
import org.freedesktop.gstreamer.Structure;
import org.freedesktop.gstreamer.elements.AppSink;
import org.freedesktop.gstreamer.elements.AppSrc;

/** Decodes H.264, as it comes or over RTP, and tells the {@link TimeCode} of every frame that has one. */
final class CodedReceiver implements AutoCloseable {

    private static final String DECODE = " ! h264parse ! avdec_h264 max-threads=1 ! video/x-raw,format=I420 "
            + "! appsink name=frames sync=false max-buffers=8";

    private final MediaPipeline pipeline;
    private final AppSink sink;
    private final IntConsumer numbers;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("received frames").unstarted(this::run);

    private CodedReceiver(PipelineDescription description, IntConsumer numbers) {
        this.pipeline = MediaPipeline.launch(description);
        this.sink = (AppSink) pipeline.gstreamer().getElementByName("frames");
        this.numbers = numbers;
        pipeline.play();
        thread.start();
    }

    /** Listens for RTP. The numbers are told in a thread of its own, in the order in which frames are decoded. */
    static CodedReceiver ofRtp(int port, IntConsumer numbers) {
        return new CodedReceiver(
                PipelineDescription.of(
                        "udpsrc address=127.0.0.1 port=${port} buffer-size=2097152 "
                                + "caps=\"application/x-rtp,media=video,clock-rate=90000,encoding-name=H264\" "
                                + "! rtph264depay" + DECODE,
                        Map.of("port", Integer.toString(port))),
                numbers);
    }

    /** Takes access units by {@link #push}. */
    static CodedReceiver ofAccessUnits(IntConsumer numbers) {
        return new CodedReceiver(
                PipelineDescription.of(
                        "appsrc name=units is-live=true format=time do-timestamp=true "
                                + "caps=video/x-h264,stream-format=byte-stream,alignment=au" + DECODE,
                        Map.of()),
                numbers);
    }

    void push(ByteBuffer accessUnit) {
        var buffer = new Buffer(accessUnit.remaining());
        buffer.map(true).put(accessUnit);
        buffer.unmap();
        ((AppSrc) pipeline.gstreamer().getElementByName("units")).pushBuffer(buffer);
    }

    @Override
    public void close() {
        pipeline.gstreamer().stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pipeline.close();
    }

    private void run() {
        for (Sample sample = sink.pullSample(); sample != null; sample = sink.pullSample()) {
            try (Sample pulled = sample) {
                look(pulled);
            }
        }
    }

    private void look(Sample sample) {
        Buffer buffer = sample.getBuffer();
        try (Caps caps = sample.getCaps()) {
            Structure format = caps.getStructure(0);
            int width = format.getInteger("width");
            TimeCode.read(buffer.map(false), (width + 3) & ~3, width, format.getInteger("height"))
                    .ifPresent(numbers);
        } finally {
            buffer.unmap();
            buffer.dispose();
        }
    }
}
