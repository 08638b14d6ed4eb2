package dev.midframe.ffi;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What native code calls back: an exception that left it would end the process, so none does.
 *
 * @param failures gets what was thrown
 */
public record Callback(Consumer<Throwable> failures) {

    /** Runs the Java side of a callback. */
    public void run(Runnable body) {
        try {
            body.run();
        } catch (Throwable e) {
            report(e);
        }
    }

    /**
     * Runs the Java side of a callback that gives something.
     *
     * @param otherwise what native code gets when it throws
     */
    public <T> T get(T otherwise, Supplier<T> body) {
        try {
            return body.get();
        } catch (Throwable e) {
            report(e);
            return otherwise;
        }
    }

    private void report(Throwable failure) {
        try {
            failures.accept(failure);
        } catch (Throwable e) {
            // There is nobody left to report to.
        }
    }
}
