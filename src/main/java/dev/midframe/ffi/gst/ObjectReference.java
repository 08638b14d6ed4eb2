package dev.midframe.ffi.gst;

import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/**
 * One reference to a GstObject, for as long as this is open. Any thread may use it; one that is closed while it is used lives
 * until the use ends.
 */
public final class ObjectReference implements AutoCloseable {

    private final GStreamer gstreamer;
    private final String name;
    private long address;

    private ObjectReference(GStreamer gstreamer, long address) {
        this.gstreamer = gstreamer;
        this.address = address;
        this.name = gstreamer.name(address);
    }

    /** Takes over a reference that the caller owns. */
    public static ObjectReference owning(GStreamer gstreamer, long address) {
        return new ObjectReference(gstreamer, address);
    }

    /** The object's name in its pipeline. */
    public String name() {
        return name;
    }

    /**
     * Lends the object.
     *
     * @throws IllegalStateException when this is closed
     */
    public <T> T get(LongFunction<T> use) {
        long lent = ref();
        try {
            return use.apply(lent);
        } finally {
            gstreamer.elements().gst_object_unref(lent);
        }
    }

    /** Lends the object, as {@link #get} does. */
    public void use(LongConsumer use) {
        lend(ref(), use);
    }

    /** Lends the object unless this is closed. */
    public void useIfOpen(LongConsumer use) {
        long lent = refIfOpen();
        if (lent != 0) {
            lend(lent, use);
        }
    }

    private void lend(long lent, LongConsumer use) {
        try {
            use.accept(lent);
        } finally {
            gstreamer.elements().gst_object_unref(lent);
        }
    }

    private long ref() {
        long lent = refIfOpen();
        if (lent == 0) {
            throw new IllegalStateException(name + " is closed");
        }
        return lent;
    }

    private synchronized long refIfOpen() {
        return address == 0 ? 0 : gstreamer.elements().gst_object_ref(address);
    }

    @Override
    public void close() {
        long owned;
        synchronized (this) {
            owned = address;
            address = 0;
        }
        if (owned != 0) {
            gstreamer.elements().gst_object_unref(owned);
        }
    }
}
