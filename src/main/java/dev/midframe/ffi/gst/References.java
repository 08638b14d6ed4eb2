package dev.midframe.ffi.gst;

import dev.midframe.ffi.Memory;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** Owns the references to GstObjects that one piece of work takes, and gives them back together. */
public final class References implements AutoCloseable {

    private static final int NEXT = 1;
    private static final int RESYNC = 2;

    private final GStreamer gstreamer;
    private final List<Long> owned = new ArrayList<>();

    public References(GStreamer gstreamer) {
        this.gstreamer = gstreamer;
    }

    /** Takes a reference over; 0 stays 0. */
    public long own(long object) {
        if (object != 0) {
            owned.add(object);
        }
        return object;
    }

    /** The objects of a GstIterator, which is freed; each is referenced. */
    public List<Long> all(long iterator) {
        List<Long> objects = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            long value = arena.allocate(Offsets.VALUE_SIZE, 8).address();
            for (int result = next(iterator, value);
                    result == NEXT || result == RESYNC;
                    result = next(iterator, value)) {
                if (result == RESYNC) {
                    gstreamer.elements().gst_iterator_resync(iterator);
                    objects.clear();
                } else {
                    long object = gstreamer.gobjects().g_value_get_object(value);
                    objects.add(own(gstreamer.elements().gst_object_ref(object)));
                    gstreamer.gobjects().g_value_reset(value);
                }
            }
            if (Memory.getLong(value, Offsets.VALUE_TYPE) != 0) {
                gstreamer.gobjects().g_value_unset(value);
            }
        } finally {
            gstreamer.elements().gst_iterator_free(iterator);
        }
        return objects;
    }

    private int next(long iterator, long value) {
        return gstreamer.elements().gst_iterator_next(iterator, value);
    }

    @Override
    public void close() {
        owned.forEach(gstreamer.elements()::gst_object_unref);
        owned.clear();
    }
}
