package dev.midframe.binding;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Binds an interface to the C functions of a shared library: a method calls the symbol of its own name. */
public final class CLibrary {

    private record Function(Signature signature, MemorySegment address) {}

    private CLibrary() {}

    /**
     * Binds every method at once.
     *
     * @param functions the binding interface
     * @param symbols where its functions are; must live as long as the result
     * @throws UnsatisfiedLinkError naming the first function that is missing
     */
    public static <T> T bind(Class<T> functions, SymbolLookup symbols) {
        Map<Method, Function> bound = new HashMap<>();
        for (Method method : functions.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers())) {
                MemorySegment address = symbols.find(method.getName())
                        .orElseThrow(() -> new UnsatisfiedLinkError("the library has no function " + method.getName()));
                bound.put(method, new Function(new Signature(method, false, List.of()), address));
            }
        }
        return proxy(functions, (proxy, method, arguments) -> {
            Function function = bound.get(method);
            return function.signature().call(function.address(), null, arguments);
        });
    }

    /** An implementation of an interface whose abstract methods the handler answers; it keeps the identity of an object. */
    public static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    if (method.getDeclaringClass() != Object.class) {
                        return handler.invoke(proxy, method, arguments);
                    }
                    return switch (method.getName()) {
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> type.getSimpleName() + "@" + Integer.toHexString(System.identityHashCode(proxy));
                    };
                }));
    }
}
