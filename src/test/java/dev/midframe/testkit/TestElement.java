package dev.midframe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeStrings;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.ObjectProperties;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.ffi.gst.Offsets;
import dev.midframe.ffi.gst.PadProbe;
import dev.midframe.ffi.gst.References;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.function.LongConsumer;

/** An element of a {@link TestPipeline}, which owns it. */
public final class TestElement {

    private final GStreamer gstreamer;
    private final TestFunctions functions;
    private final ObjectReference reference;

    TestElement(GStreamer gstreamer, TestFunctions functions, ObjectReference reference) {
        this.gstreamer = gstreamer;
        this.functions = functions;
        this.reference = reference;
    }

    ObjectReference reference() {
        return reference;
    }

    /** A property as text. */
    public String property(String name) {
        return reference.get(
                element -> ObjectProperties.get(gstreamer, element, name).orElseThrow());
    }

    /** A property that counts. */
    public long number(String name) {
        return Long.parseLong(property(name));
    }

    /** What a property is declared to be where nobody sets it, as text. */
    public String declaredDefault(String name) {
        long value = reference.get(element -> NativeStrings.call(
                name,
                text -> functions.g_param_spec_get_default_value(
                        gstreamer.gobjects().g_object_class_find_property(Memory.getLong(element, 0), text))));
        return String.valueOf(ObjectProperties.text(gstreamer, value));
    }

    /** Sets a property as a description does. */
    public void set(String name, Object value) {
        reference.use(element -> ObjectProperties.set(gstreamer, element, name, value.toString()));
    }

    /** Shows every buffer that passes a pad, by its address, for the time of the call. */
    public void onBuffers(String padName, LongConsumer look) {
        withPad(padName, pad -> gstreamer.callbacks().probe(gstreamer, pad, PadProbe.BUFFER, (self, info) -> {
            look.accept(Memory.getLong(info, Offsets.PROBE_DATA));
            return PadProbe.OK;
        }));
    }

    /** What can pass a pad. */
    public String possibleCaps(String padName) {
        StringBuilder text = new StringBuilder();
        withPad(padName, pad -> {
            long caps = functions.gst_pad_query_caps(pad, 0);
            text.append(TestPipeline.text(gstreamer, caps));
            gstreamer.gst().gst_mini_object_unref(caps);
        });
        return text.toString();
    }

    /** The answer to a LATENCY query. */
    public Latency latency() {
        long query = gstreamer.gst().gst_query_new_latency();
        try (Arena arena = Arena.ofConfined()) {
            assertThat(reference.<Integer>get(element -> functions.gst_element_query(element, query)))
                    .isNotZero();
            long live = arena.allocate(ValueLayout.JAVA_LONG, 3).address();
            gstreamer.gst().gst_query_parse_latency(query, live, live + 8, live + 16);
            return new Latency(Memory.getInt(live, 0) != 0, Memory.getLong(live, 8));
        } finally {
            gstreamer.gst().gst_mini_object_unref(query);
        }
    }

    /** Whether a source is live, and how late frames are at least, in nanoseconds. */
    public record Latency(boolean live, long minimum) {}

    private void withPad(String name, LongConsumer use) {
        try (var references = new References(gstreamer)) {
            reference.use(element -> use.accept(references.own(gstreamer
                    .elements()
                    .gst_element_get_static_pad(element, gstreamer.strings().lasting(name)))));
        }
    }
}
