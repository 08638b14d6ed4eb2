package dev.midframe.cluster;

import java.io.Serializable;

/**
 * What became of a piece of work.
 *
 * @param film whose it is
 * @param error in one line; empty where it was done
 * @param result what the child said
 */
record Outcome(String film, String error, String result) implements Serializable {

    private static final long serialVersionUID = 1L;

    boolean ok() {
        return error.isEmpty();
    }
}
