package dev.midframe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeStrings;
import dev.midframe.ffi.gst.GError;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Message;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.ffi.gst.Offsets;
import dev.midframe.ffi.gst.States;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A pipeline under test; where it ends in an appsink {@code sink}, frames are looked at there. */
public final class TestPipeline implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;
    private static final int FORMAT_TIME = 3;
    private static final int SEEK_TYPE_NONE = 0;
    private static final int SEEK_TYPE_SET = 1;
    private static final int FLOW_OK = 0;
    private static final int FLOW_EOS = -3;

    private final GStreamer gstreamer = GStreamer.get();
    private final TestFunctions functions = TestFunctions.bind();
    private final ObjectReference pipeline;
    private final ObjectReference bus;
    private final Thread reader;
    private final List<TestElement> elements = new ArrayList<>();
    private final List<Consumer<Message>> listeners = new CopyOnWriteArrayList<>();
    private final List<ReceivedFrame> received = Collections.synchronizedList(new ArrayList<>());
    private final BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
    private volatile boolean open = true;
    /** Events and messages carry the number of the seek that they came of. */
    private volatile int lastSeek;

    /** How a stream ended: {@code error} is null at the end of the stream. */
    private record Ending(@Nullable String error) {}

    /** Makes the pipeline; nothing runs yet. */
    public TestPipeline(String description) {
        pipeline = parse(description);
        bus = pipeline.get(element ->
                ObjectReference.owning(gstreamer, gstreamer.elements().gst_element_get_bus(element)));
        TestElement sink = find("sink");
        if (sink != null) {
            sink.reference().use(this::lookAtSamples);
        }
        reader = Thread.ofPlatform().daemon().name("bus under test").start(this::readMessages);
    }

    private ObjectReference parse(String description) {
        try (Arena arena = Arena.ofConfined()) {
            long error = arena.allocate(ValueLayout.JAVA_LONG).address();
            long text = arena.allocateFrom(description).address();
            long parsed = gstreamer.elements().gst_parse_launch_full(text, 0, 0, error);
            GError reason = GError.take(gstreamer, Memory.getLong(error, 0));
            assertThat(parsed).as(description + ": " + reason).isNotZero();
            return ObjectReference.owning(gstreamer, gstreamer.elements().gst_object_ref_sink(parsed));
        }
    }

    /** Plays to the end of the stream and gives what arrived. */
    public static List<ReceivedFrame> toTheEnd(String description) {
        try (TestPipeline running = new TestPipeline(description)) {
            running.play();
            running.awaitEnd();
            return running.received();
        }
    }

    /** Plays to the error that is expected and gives its text. */
    public static String toTheError(String description) {
        try (TestPipeline running = new TestPipeline(description)) {
            running.play();
            return running.awaitError();
        }
    }

    /** The element of this name. */
    public TestElement element(String name) {
        TestElement element = find(name);
        assertThat(element).as(name).isNotNull();
        return element;
    }

    private @Nullable TestElement find(String name) {
        long element = pipeline.get(
                bin -> NativeStrings.call(name, text -> gstreamer.elements().gst_bin_get_by_name(bin, text)));
        if (element == 0) {
            return null;
        }
        TestElement found = new TestElement(gstreamer, functions, ObjectReference.owning(gstreamer, element));
        elements.add(found);
        return found;
    }

    /** What has arrived until now. */
    public List<ReceivedFrame> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** Shows every message on the bus, in the order in which they come, in a thread of its own. */
    public void onMessage(Consumer<Message> look) {
        listeners.add(look);
    }

    public void play() {
        setState(States.PLAYING);
    }

    /** Pauses, and waits until that is done. */
    public void pause() {
        setState(States.PAUSED);
        awaitState(States.PAUSED);
    }

    /** Stops to the state READY, and waits until that is done. */
    public void ready() {
        setState(States.READY);
        awaitState(States.READY);
    }

    private void setState(int state) {
        pipeline.use(element -> gstreamer.elements().gst_element_set_state(element, state));
    }

    /** Waits until a change of state is done. */
    public void awaitState(int state) {
        try (Arena arena = Arena.ofConfined()) {
            long reached = arena.allocate(ValueLayout.JAVA_INT).address();
            pipeline.use(element -> gstreamer
                    .elements()
                    .gst_element_get_state(element, reached, 0, TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)));
            assertThat(Memory.getInt(reached, 0)).isEqualTo(state);
        }
    }

    /**
     * Sends a flushing seek; an end of the stream from before it does not count any more.
     *
     * @param stop -1 for none
     */
    public boolean seek(double rate, SeekFlag flag, long start, long stop) {
        long seek = functions.gst_event_new_seek(
                rate,
                FORMAT_TIME,
                flag.bits(),
                SEEK_TYPE_SET,
                start,
                stop < 0 ? SEEK_TYPE_NONE : SEEK_TYPE_SET,
                Math.max(0, stop));
        int before = lastSeek;
        lastSeek = functions.gst_event_get_seqnum(seek);
        boolean sought = pipeline.get(element -> gstreamer.elements().gst_element_send_event(element, seek) != 0);
        if (!sought) {
            lastSeek = before;
        }
        return sought;
    }

    /** The time of the frame that the paused appsink {@code sink} shows. */
    public long prerolled() {
        return element("sink").reference().get(sink -> {
            long sample = functions.gst_app_sink_try_pull_preroll(sink, TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
            assertThat(sample).as("the frame that is shown").isNotZero();
            try {
                return Memory.getLong(gstreamer.gst().gst_sample_get_buffer(sample), Offsets.BUFFER_PTS);
            } finally {
                gstreamer.gst().gst_mini_object_unref(sample);
            }
        });
    }

    /** Calls back whenever the appsink {@code sink} has a frame to show while paused. */
    public void onPreroll(Runnable look) {
        element("sink")
                .reference()
                .use(sink -> gstreamer.callbacks().connect(gstreamer, sink, "new-preroll", (self, none) -> {
                    look.run();
                    return FLOW_OK;
                }));
    }

    /** Waits until so many frames have arrived. */
    public void awaitFrames(int count) {
        synchronized (received) {
            while (received.size() < count) {
                awaitAnother();
            }
        }
    }

    /** Waits for a frame of this time and forgets those before it. */
    public void forgetUntil(long pts) {
        synchronized (received) {
            while (received.stream().noneMatch(frame -> frame.pts() == pts)) {
                awaitAnother();
            }
            while (received.getFirst().pts() != pts) {
                received.removeFirst();
            }
        }
    }

    private void awaitAnother() {
        int before = received.size();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (received.size() == before) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                assertThat(left).as("milliseconds left for the next frame").isPositive();
                received.wait(left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for the end of the stream. */
    public void awaitEnd() {
        assertThat(ending().error()).isNull();
    }

    /** Waits for an error and gives its text. */
    public String awaitError() {
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

    private void readMessages() {
        while (open) {
            bus.useIfOpen(address -> Message.pop(gstreamer, address, TimeUnit.MILLISECONDS.toNanos(100), -1)
                    .ifPresent(this::read));
        }
    }

    private void read(Message message) {
        try (message) {
            listeners.forEach(listener -> listener.accept(message));
            switch (message.type()) {
                case Message.EOS -> {
                    if (lastSeek == 0 || functions.gst_message_get_seqnum(message.address()) == lastSeek) {
                        endings.add(new Ending(null));
                    }
                }
                case Message.ERROR -> endings.add(new Ending(message.text()));
                default -> {}
            }
        }
    }

    private void lookAtSamples(long sink) {
        if (!gstreamer.isA(sink, gstreamer.app().gst_app_sink_get_type())) {
            return;
        }
        element("sink").set("emit-signals", true);
        element("sink").set("sync", false);
        gstreamer.callbacks().connect(gstreamer, sink, "new-sample", (self, none) -> look(self));
    }

    private int look(long sink) {
        long sample = gstreamer.app().gst_app_sink_try_pull_sample(sink, 0);
        if (sample == 0) {
            return FLOW_EOS;
        }
        try (Arena arena = Arena.ofConfined()) {
            long buffer = gstreamer.gst().gst_sample_get_buffer(sample);
            long info = arena.allocate(Offsets.MAP_INFO_SIZE, 8).address();
            gstreamer.gst().gst_buffer_map(buffer, info, 1);
            ReceivedFrame frame = frame(
                    buffer,
                    Memory.bytes(Memory.getLong(info, Offsets.MAP_DATA), Memory.getLong(info, Offsets.MAP_SIZE)),
                    text(gstreamer, gstreamer.gst().gst_sample_get_caps(sample)));
            gstreamer.gst().gst_buffer_unmap(buffer, info);
            synchronized (received) {
                received.add(frame);
                received.notifyAll();
            }
            return FLOW_OK;
        } finally {
            gstreamer.gst().gst_mini_object_unref(sample);
        }
    }

    private static ReceivedFrame frame(long buffer, MemorySegment memory, String caps) {
        ByteBuffer bytes = memory.asByteBuffer();
        CRC32 checksum = new CRC32();
        checksum.update(bytes.duplicate());
        long sum = 0;
        for (int i = 0; i < Math.min(64, bytes.limit()); i++) {
            sum += bytes.get(i) & 0xFF;
        }
        return new ReceivedFrame(
                Memory.getLong(buffer, Offsets.BUFFER_PTS),
                Memory.getLong(buffer, Offsets.BUFFER_DURATION),
                checksum.getValue(),
                sum / 64,
                caps);
    }

    static String text(GStreamer gstreamer, long caps) {
        long text = gstreamer.gst().gst_caps_to_string(caps);
        try {
            return String.valueOf(Memory.text(text));
        } finally {
            gstreamer.glib().g_free(text);
        }
    }

    @Override
    public void close() {
        setState(States.NULL);
        open = false;
        try {
            reader.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        bus.close();
        elements.forEach(element -> element.reference().close());
        pipeline.close();
    }
}
