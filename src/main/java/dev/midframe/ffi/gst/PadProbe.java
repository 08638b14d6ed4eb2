package dev.midframe.ffi.gst;

/** GstPadProbeType and GstPadProbeReturn. */
public final class PadProbe {

    public static final int BUFFER = 1 << 4;
    public static final int BUFFER_LIST = 1 << 5;
    public static final int EVENT_DOWNSTREAM = 1 << 6;
    public static final int EVENT_UPSTREAM = 1 << 7;
    public static final int EVENT_FLUSH = 1 << 8;

    public static final int DROP = 0;
    public static final int OK = 1;

    private PadProbe() {}
}
