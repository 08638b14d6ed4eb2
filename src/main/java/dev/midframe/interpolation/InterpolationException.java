package dev.midframe.interpolation;

/** An engine cannot be made or failed at work. The message is one line: what, with what, what to do. */
public class InterpolationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InterpolationException(String message) {
        super(message);
    }

    public InterpolationException(String message, Throwable cause) {
        super(message, cause);
    }
}
