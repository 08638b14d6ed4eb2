package dev.midframe.picture;

/** A picture cannot be read or written. The message is one line: what, with which file, what to do. */
public class PictureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PictureException(String message) {
        super(message);
    }

    public PictureException(String message, Throwable cause) {
        super(message, cause);
    }
}
