package dev.midframe.pipeline;

/** A pipeline cannot be made, or failed. The message is one line: what, with what, what to do. */
public class PipelineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PipelineException(String message) {
        super(message);
    }

    public PipelineException(String message, Throwable cause) {
        super(message, cause);
    }
}
