package dev.midframe.element;

/** GstFlowReturn: what becomes of the stream. */
final class Flow {

    static final int OK = 0;
    static final int FLUSHING = -2;
    static final int NOT_NEGOTIATED = -4;
    static final int ERROR = -5;

    private Flow() {}

    /** Ends the handling of a buffer with a flow return that has been reported already, or needs no report. */
    static final class Stop extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int flow;

        Stop(int flow) {
            super("flow return " + flow, null, false, false);
            this.flow = flow;
        }

        int flow() {
            return flow;
        }
    }
}
