package dev.midframe.element.stream;

/** GstFlowReturn: what becomes of the stream. */
public final class Flow {

    public static final int OK = 0;
    static final int FLUSHING = -2;
    static final int EOS = -3;
    public static final int NOT_NEGOTIATED = -4;
    public static final int ERROR = -5;

    private Flow() {}

    /** Ends the handling of a buffer with a flow return that has been reported already, or needs no report. */
    public static final class Stop extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int flow;

        public Stop(int flow) {
            super("flow return " + flow, null, false, false);
            this.flow = flow;
        }

        public int flow() {
            return flow;
        }
    }
}
