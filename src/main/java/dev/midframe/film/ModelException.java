package dev.midframe.film;

import dev.midframe.interpolation.InterpolationException;

/** A model's file cannot be read, found or used. The message is one line: what, with what, what to do. */
public class ModelException extends InterpolationException {

    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
