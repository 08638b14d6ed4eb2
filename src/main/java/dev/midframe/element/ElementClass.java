package dev.midframe.element;

import dev.midframe.element.caps.CapsTransform;
import dev.midframe.element.caps.VideoInfo;
import dev.midframe.element.properties.Property;
import dev.midframe.element.stream.Flow;
import dev.midframe.element.stream.LatencyQuery;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.Gst;
import dev.midframe.ffi.gst.Offsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The element's virtual functions, as upcalls: each finds the {@link Element} of its instance and leaves the work to it,
 * and calls the parent class where the parent has a part in it.
 */
final class ElementClass implements VirtualFunctions {

    private static final Logger LOG = LoggerFactory.getLogger(ElementClass.class);

    private static final int TRUE = 1;
    private static final int FALSE = 0;

    /** GST_STATE_CHANGE_PAUSED_TO_READY. */
    private static final int PAUSED_TO_READY = 3 << 3 | 2;

    private static final int QUERY_LATENCY = 7683;
    private static final int EVENT_FLUSH_START = 2563;
    private static final int EVENT_FLUSH_STOP = 5127;
    private static final int EVENT_QOS = 48641;
    private static final int EVENT_STREAM_START = 10254;
    private static final int EVENT_SEGMENT = 17934;
    private static final int EVENT_EOS = 28174;
    private static final int EVENT_SEGMENT_DONE = 38406;
    private static final int EVENT_GAP = 40966;

    private final ElementContext context;
    private final VirtualFunctions parent;
    private final List<Property<?>> properties;
    private final Map<Long, Element> elements = new ConcurrentHashMap<>();

    /** @param properties by id, from 1 */
    ElementClass(ElementContext context, List<Property<?>> properties) {
        this.context = context;
        this.properties = properties;
        this.parent = context.parent();
    }

    /** instance_init. */
    void initializeInstance(long transform, long type) {
        elements.put(transform, new Element(context, transform));
        context.gstreamer().base().gst_base_transform_set_prefer_passthrough(transform, FALSE);
    }

    /** An upcall has thrown. */
    void failed(Throwable thrown, long transform) {
        LOG.error("the element failed", thrown);
        Element element = elements.get(transform);
        if (element != null) {
            element.messages().engineError("internal error: " + thrown);
        }
    }

    @Override
    public void set_property(long object, int id, long value, long specification) {
        properties.get(id - 1).write(context.gstreamer(), element(object), value);
    }

    @Override
    public void get_property(long object, int id, long value, long specification) {
        properties.get(id - 1).read(context.gstreamer(), element(object), value);
    }

    @Override
    public void finalize(long object) {
        Element element = elements.remove(object);
        try {
            if (element != null) {
                element.stop();
            }
        } finally {
            parent.finalize(object);
        }
    }

    @Override
    public int change_state(long element, int transition) {
        if (transition == PAUSED_TO_READY) {
            element(element).ending();
        }
        return parent.change_state(element, transition);
    }

    @Override
    public int start(long transform) {
        return truth(element(transform).start());
    }

    @Override
    public int stop(long transform) {
        element(transform).stop();
        return TRUE;
    }

    @Override
    public long transform_caps(long transform, int direction, long caps, long filter) {
        return element(transform).transformCaps(direction, caps, filter);
    }

    @Override
    public int set_caps(long transform, long inputCaps, long outputCaps) {
        return truth(element(transform).setCaps(inputCaps));
    }

    @Override
    public int get_unit_size(long transform, long caps, long size) {
        Memory.putLong(size, 0, VideoInfo.of(context.gstreamer().video(), caps).bytes());
        return TRUE;
    }

    @Override
    public int query(long transform, int direction, long query) {
        int answered = parent.query(transform, direction, query);
        boolean latency = Memory.getInt(query, Offsets.QUERY_TYPE) == QUERY_LATENCY;
        if (answered == FALSE || !latency || direction != CapsTransform.DIRECTION_SRC) {
            return answered;
        }
        Gst gst = context.gstreamer().gst();
        LatencyQuery.read(gst, query).plus(element(transform).latencyNanos()).write(gst, query);
        return TRUE;
    }

    @Override
    public int decide_allocation(long transform, long query) {
        element(transform).decideAllocation(query);
        return parent.decide_allocation(transform, query);
    }

    @Override
    public int propose_allocation(long transform, long decided, long query) {
        int proposed = parent.propose_allocation(transform, decided, query);
        element(transform).proposeAllocation(query);
        return proposed;
    }

    @Override
    public int sink_event(long transform, long event) {
        Element element = element(transform);
        switch (Memory.getInt(event, Offsets.EVENT_TYPE)) {
            case EVENT_FLUSH_START -> element.flushStart();
            case EVENT_FLUSH_STOP -> element.flushStop();
            case EVENT_SEGMENT -> element.segment();
            case EVENT_EOS, EVENT_GAP, EVENT_SEGMENT_DONE, EVENT_STREAM_START -> element.drain();
            default -> {}
        }
        return parent.sink_event(transform, event);
    }

    @Override
    public int src_event(long transform, long event) {
        if (Memory.getInt(event, Offsets.EVENT_TYPE) == EVENT_QOS
                && element(transform).qualityOfService(event)) {
            context.gstreamer().gst().gst_mini_object_unref(event);
            return 1;
        }
        return parent.src_event(transform, event);
    }

    @Override
    public int submit_input_buffer(long transform, int discont, long buffer) {
        int flow = parent.submit_input_buffer(transform, discont, buffer);
        return flow == Flow.OK ? element(transform).submit() : flow;
    }

    @Override
    public int generate_output(long transform, long outputBuffer) {
        return element(transform).generate(outputBuffer);
    }

    @Override
    public int prepare_output_buffer(long transform, long inputBuffer, long outputBuffer) {
        return parent.prepare_output_buffer(transform, inputBuffer, outputBuffer);
    }

    /** Never called, because {@link #generate_output} takes its place; there must be one, or buffers pass unchanged. */
    @Override
    public int transform(long transform, long inputBuffer, long outputBuffer) {
        return Flow.ERROR;
    }

    /** What is said of a real frame holds for the generated ones beside it, but captions are a text that is sent once. */
    @Override
    public int transform_meta(long transform, long outputBuffer, long meta, long inputBuffer) {
        long api = Memory.getLong(Memory.getLong(meta, Offsets.META_INFO), Offsets.META_INFO_API);
        return truth(api != context.gstreamer().video().gst_video_caption_meta_api_get_type());
    }

    private Element element(long transform) {
        return Objects.requireNonNull(elements.get(transform), "no element at this address");
    }

    private static int truth(boolean value) {
        return value ? TRUE : FALSE;
    }
}
