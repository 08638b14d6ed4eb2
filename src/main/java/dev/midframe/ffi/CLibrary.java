package dev.midframe.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** The file that a function was loaded from, as the loader was told it; null for one that is in none. */
    public static @Nullable Path fileOf(MemorySegment function) {
        DynamicLoader loader = bind(DynamicLoader.class, Linker.nativeLinker().defaultLookup());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(ValueLayout.ADDRESS, 4);
            if (loader.dladdr(function, info) == 0) {
                return null;
            }
            MemorySegment name = info.get(ValueLayout.ADDRESS, 0);
            return name.equals(MemorySegment.NULL)
                    ? null
                    : Path.of(name.reinterpret(Long.MAX_VALUE).getString(0));
        }
    }

    /** A function of the C library. */
    interface DynamicLoader {

        int dladdr(MemorySegment address, MemorySegment info);
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
