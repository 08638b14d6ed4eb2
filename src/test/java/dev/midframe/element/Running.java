package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.freedesktop.gstreamer.Buffer;
import org.freedesktop.gstreamer.Bus;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.FlowReturn;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.Sample;
import org.freedesktop.gstreamer.State;
import org.freedesktop.gstreamer.elements.AppSink;
import org.jspecify.annotations.Nullable;

/** A pipeline under test, which ends in an appsink {@code sink} where frames are looked at. */
public final class Running implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Pipeline pipeline;
    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    private final BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();

    /** How a stream ended: {@code error} is null at the end of the stream. */
    private record Ending(@Nullable String error) {}

    public Running(String description) {
        pipeline = (Pipeline) Gst.parseLaunch(description);
        pipeline.getBus().connect((Bus.EOS) source -> endings.add(new Ending(null)));
        pipeline.getBus().connect((Bus.ERROR) (source, code, text) -> endings.add(new Ending(text)));
        if (pipeline.getElementByName("sink") instanceof AppSink sink) {
            sink.set("emit-signals", true);
            sink.set("sync", false);
            sink.connect((AppSink.NEW_SAMPLE) this::look);
        }
    }

    /** Plays to the end of the stream and gives what arrived. */
    public static List<Seen> toTheEnd(String description) {
        try (Running running = new Running(description)) {
            running.play();
            running.awaitEnd();
            return running.seen();
        }
    }

    /** Plays to the error that is expected and gives its text. */
    public static String toTheError(String description) {
        try (Running running = new Running(description)) {
            running.play();
            return running.awaitError();
        }
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    public Element element(String name) {
        return pipeline.getElementByName(name);
    }

    public List<Seen> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    public void play() {
        pipeline.play();
    }

    /** Waits until a change of state is done. */
    public void awaitState(State state) {
        assertThat(pipeline.getState(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(state);
    }

    /** Waits until so many frames have arrived. */
    public void awaitFrames(int count) {
        synchronized (seen) {
            while (seen.size() < count) {
                await();
            }
        }
    }

    /** Waits for a frame of this time and forgets those before it. */
    void forgetUntil(long pts) {
        synchronized (seen) {
            while (seen.stream().noneMatch(frame -> frame.pts() == pts)) {
                await();
            }
            while (seen.getFirst().pts() != pts) {
                seen.removeFirst();
            }
        }
    }

    /** Waits for another frame. */
    private void await() {
        int before = seen.size();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (seen.size() == before) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                assertThat(left).as("milliseconds left for the next frame").isPositive();
                seen.wait(left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public void awaitEnd() {
        assertThat(ending().error()).isNull();
    }

    String awaitError() {
        return String.valueOf(ending().error());
    }

    private Ending ending() {
        try {
            Ending ending = endings.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(ending).as("the stream ends").isNotNull();
            return ending;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private FlowReturn look(AppSink sink) {
        Sample sample = sink.pullSample();
        if (sample == null) {
            return FlowReturn.EOS;
        }
        Buffer buffer = sample.getBuffer();
        ByteBuffer bytes = buffer.map(false);
        CRC32 checksum = new CRC32();
        checksum.update(bytes.duplicate());
        long sum = 0;
        for (int i = 0; i < Math.min(64, bytes.limit()); i++) {
            sum += bytes.get(i) & 0xFF;
        }
        seen.add(new Seen(
                buffer.getPresentationTimestamp(),
                buffer.getDuration(),
                checksum.getValue(),
                sum / 64,
                sample.getCaps().toString()));
        synchronized (seen) {
            seen.notifyAll();
        }
        buffer.unmap();
        sample.dispose();
        return FlowReturn.OK;
    }

    @Override
    public void close() {
        pipeline.stop();
        pipeline.dispose();
    }
}
