package dev.midframe.cli.bench;

import dev.midframe.pipeline.AppSink;
import dev.midframe.pipeline.MediaBuffer;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.Sample;
import dev.midframe.pipeline.VideoCaps;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.IntConsumer;

/** Decodes H.264, as it comes or over RTP, and gives the {@link TimeCode} of every frame that has one. */
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
        this.sink = pipeline.appSink("frames").orElseThrow();
        this.numbers = numbers;
        pipeline.play();
        thread.start();
    }

    /** Listens for RTP. The numbers are given in a thread of its own, in the order in which frames are decoded. */
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
        MediaBuffer buffer = MediaBuffer.allocate(accessUnit.remaining());
        buffer.write(bytes -> bytes.copyFrom(MemorySegment.ofBuffer(accessUnit)));
        pipeline.appSrc("units").orElseThrow().push(buffer);
    }

    @Override
    public void close() {
        pipeline.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pipeline.close();
    }

    private void run() {
        for (Sample sample = sink.pull(); sample != null; sample = sink.pull()) {
            try (Sample pulled = sample) {
                look(pulled);
            }
        }
    }

    private void look(Sample sample) {
        VideoCaps caps = sample.caps();
        sample.read(bytes -> TimeCode.read(bytes.asByteBuffer(), (caps.width() + 3) & ~3, caps.width(), caps.height()))
                .ifPresent(numbers);
    }
}
