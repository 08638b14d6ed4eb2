package dev.midframe.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * SIGINT, SIGTERM and SIGHUP as a call, so that the program ends in an order of its own. Shutdown hooks have none: all run
 * at once, and ONNX Runtime's own hook frees what engines still compute with.
 *
 * <p>A second signal ends the process at once, as it does by default.
 */
public final class StopSignal {

    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private StopSignal() {}

    /**
     * Calls the action, in a thread of the JVM, when the first of the signals comes. Replaces an action set before.
     *
     * @param action gets the signal's number
     */
    public static void onFirst(IntConsumer action) {
        Signals signals = new Signals();
        for (String name : NAMES) {
            signals.handle(name, number -> {
                NAMES.forEach(signals::handleByDefault);
                action.accept(number);
            });
        }
    }

    /** Calls the action whenever a signal comes, which then does not stop the program. */
    public static void onEvery(String name, Runnable action) {
        new Signals().handle(name, _ -> action.run());
    }

    /** The JDK's only interface for this; named as a class, it would be a compiler warning. */
    private static final class Signals {

        private final Class<?> signal;
        private final Class<?> handler;
        private final Method handle;

        Signals() {
            try {
                signal = Class.forName("sun.misc.Signal");
                handler = Class.forName("sun.misc.SignalHandler");
                handle = signal.getMethod("handle", signal, handler);
            } catch (ReflectiveOperationException e) {
                throw refused(e);
            }
        }

        void handle(String name, IntConsumer action) {
            InvocationHandler call = (self, method, args) -> {
                action.accept((int) signal.getMethod("getNumber").invoke(args[0]));
                return null;
            };
            set(name, Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, call));
        }

        void handleByDefault(String name) {
            try {
                set(name, handler.getField("SIG_DFL").get(null));
            } catch (ReflectiveOperationException e) {
                throw refused(e);
            }
        }

        private void set(String name, Object whoHandles) {
            try {
                handle.invoke(null, signal.getConstructor(String.class).newInstance(name), whoHandles);
            } catch (ReflectiveOperationException e) {
                throw refused(e);
            }
        }

        private static IllegalStateException refused(ReflectiveOperationException e) {
            return new IllegalStateException("this JVM does not let signals be handled", e);
        }
    }
}
