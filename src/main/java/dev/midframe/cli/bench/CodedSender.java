package dev.midframe.cli.bench;

import dev.midframe.pipeline.AppSrc;
import dev.midframe.pipeline.MediaBuffer;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.PipelineDescription;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/** Sends a moving picture with {@link TimeCode}s as H.264 over RTP, and remembers when each frame was made. */
final class CodedSender implements AutoCloseable {

    private final MediaPipeline pipeline;
    private final AppSrc source;
    private final int width;
    private final int height;
    private final long frameNanos;
    private final AtomicLongArray sentNanos = new AtomicLongArray(TimeCode.NUMBERS);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("coded frames").unstarted(this::run);
    private volatile boolean open = true;

    /**
     * @param width in pixels, a multiple of 4
     * @param height in pixels, even
     * @param port on this machine
     */
    CodedSender(int width, int height, int framesPerSecond, int port) {
        this.width = width;
        this.height = height;
        this.frameNanos = TimeUnit.SECONDS.toNanos(1) / framesPerSecond;
        this.pipeline = MediaPipeline.launch(PipelineDescription.of(
                "appsrc name=coded is-live=true format=time "
                        + "caps=video/x-raw,format=I420,width=${width},height=${height},framerate=${fps}/1 "
                        + "! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=${fps} bitrate=4000 "
                        + "! rtph264pay pt=96 config-interval=-1 aggregate-mode=zero-latency "
                        + "! udpsink host=127.0.0.1 port=${port} sync=false",
                Map.of(
                        "width", Integer.toString(width),
                        "height", Integer.toString(height),
                        "fps", Integer.toString(framesPerSecond),
                        "port", Integer.toString(port))));
        this.source = pipeline.appSrc("coded").orElseThrow();
        pipeline.play();
        thread.start();
    }

    /** When the frame of this number was made, as {@link System#nanoTime}; 0 for one that was not. */
    long sentNanos(int number) {
        return sentNanos.get(number);
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pipeline.close();
    }

    private void run() {
        long begin = System.nanoTime();
        for (int frame = 0; open; frame++) {
            long due = begin + frame * frameNanos;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            sentNanos.set(frame % TimeCode.NUMBERS, System.nanoTime());
            source.push(picture(frame));
        }
    }

    private MediaBuffer picture(int frame) {
        MediaBuffer buffer = MediaBuffer.allocate(width * height * 3L / 2);
        buffer.write(bytes -> draw(bytes.asByteBuffer(), frame));
        buffer.stamp(frame * frameNanos, frameNanos);
        return buffer;
    }

    private ByteBuffer draw(ByteBuffer pixels, int frame) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                // Soft bars that move to the left by 3 pixels a frame.
                pixels.put(y * width + x, (byte) (128 + 60 * Math.sin((x + 3 * frame) / 12.0)));
            }
        }
        for (int i = width * height; i < pixels.limit(); i++) {
            pixels.put(i, (byte) 128);
        }
        TimeCode.draw(pixels, width, width, height, frame % TimeCode.NUMBERS);
        return pixels;
    }
}
