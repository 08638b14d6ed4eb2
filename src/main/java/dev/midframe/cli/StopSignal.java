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
        try {
            // The JDK's only interface for this; named as a class, it would be a compiler warning.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            Object byDefault = handler.getField("SIG_DFL").get(null);
            InvocationHandler first = (self, method, args) -> {
                for (String name : NAMES) {
                    handle.invoke(null, signal.getConstructor(String.class).newInstance(name), byDefault);
                }
                action.accept((int) signal.getMethod("getNumber").invoke(args[0]));
                return null;
            };
            Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, first);
            for (String name : NAMES) {
                handle.invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not let signals be handled", e);
        }
    }
}
