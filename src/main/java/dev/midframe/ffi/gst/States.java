package dev.midframe.ffi.gst;

/** GstState, and the GstStateChangeReturn of a failure. */
public final class States {

    public static final int NULL = 1;
    public static final int READY = 2;
    public static final int PAUSED = 3;
    public static final int PLAYING = 4;

    /** What gst_element_set_state returns where the change is refused. */
    public static final int FAILURE = 0;

    /** What it returns while the change goes on. */
    public static final int ASYNC = 2;

    /** What it returns of a live source that is paused. */
    public static final int NO_PREROLL = 3;

    private States() {}
}
