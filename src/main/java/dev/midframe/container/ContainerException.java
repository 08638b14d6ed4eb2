package dev.midframe.container;

/** A file cannot be read or written. The message is one line: what, with what, what to do. */
public class ContainerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ContainerException(String message) {
        super(message);
    }
}
