package dev.midframe.ffi;

import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.DEFAULT_NAME;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Turns an interface whose methods are named and typed as C functions into calls of these functions.
 *
 * <p>Pointers and 64-bit integers are {@code long}, 32-bit integers and {@code gboolean} are {@code int}, {@code double} is
 * itself. The handles become constants of a hidden class, so that a call is compiled into the call of the C function and
 * nothing else: nothing is boxed, and no array is made.
 */
public final class NativeFunctions {

    private static final DirectMethodHandleDesc LINKED = ConstantDescs.ofConstantBootstrap(
            NativeFunctions.class.describeConstable().orElseThrow(), "linked", CD_MethodHandle, CD_int);

    /** A function's signature and where it is. */
    private record Native(MethodType type, long address) {}

    private NativeFunctions() {}

    /**
     * Binds every abstract method of the interface to the function of its name.
     *
     * @param symbols where the functions are; must live as long as the result
     * @throws UnsatisfiedLinkError naming the first function that is missing
     */
    public static <T> T bind(Class<T> functions, SymbolLookup symbols) {
        return bindAt(functions, name -> symbols.find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError("the library has no function " + name))
                .address());
    }

    /**
     * Binds every abstract method of the interface to the address given for its name.
     *
     * @param addresses where a method's function is; one at 0, C's NULL, does nothing and returns 0
     */
    public static <T> T bindAt(Class<T> functions, ToLongFunction<String> addresses) {
        Method[] methods = Arrays.stream(functions.getDeclaredMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .toArray(Method[]::new);
        List<Native> natives = Arrays.stream(methods)
                .map(method -> new Native(wide(type(method)), addresses.applyAsLong(method.getName())))
                .toList();
        try {
            MethodHandles.Lookup calls = MethodHandles.privateLookupIn(functions, MethodHandles.lookup())
                    .defineHiddenClassWithClassData(implementation(functions, methods), natives, true);
            return functions.cast(calls.findConstructor(calls.lookupClass(), MethodType.methodType(void.class))
                    .invoke());
        } catch (Throwable e) {
            throw new LinkageError("cannot bind the functions of " + functions.getName(), e);
        }
    }

    /**
     * A function's handle: a constant made at its first call, since each takes milliseconds and most runs call a part of
     * them. Called by the hidden classes alone.
     */
    public static MethodHandle linked(MethodHandles.Lookup caller, String name, Class<?> handle, int index)
            throws IllegalAccessException {
        Native function = (Native)
                MethodHandles.classData(caller, DEFAULT_NAME, List.class).get(index);
        return function.address() == 0
                ? MethodHandles.empty(function.type())
                : Linker.nativeLinker()
                        .downcallHandle(MemorySegment.ofAddress(function.address()), descriptor(function.type()));
    }

    /**
     * The same with 64 bits for every integer, and for no result: so functions share few signatures, each of which costs the
     * start some milliseconds. The calling conventions of Linux (System V AMD64, AAPCS64) pass integers of either size in
     * the same registers and slots of the stack, and leave the upper half of a 32-bit one, and of its register when
     * nothing is returned, to chance.
     */
    private static MethodType wide(MethodType type) {
        return MethodType.methodType(
                wide(type.returnType()),
                type.parameterList().stream().map(NativeFunctions::wide).toList());
    }

    private static Class<?> wide(Class<?> type) {
        return type == double.class ? double.class : long.class;
    }

    /** The C signature of a Java method type. */
    static FunctionDescriptor descriptor(MethodType type) {
        MemoryLayout[] arguments =
                type.parameterList().stream().map(NativeFunctions::layout).toArray(MemoryLayout[]::new);
        return type.returnType() == void.class
                ? FunctionDescriptor.ofVoid(arguments)
                : FunctionDescriptor.of(layout(type.returnType()), arguments);
    }

    static MethodType type(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes());
    }

    private static MemoryLayout layout(Class<?> type) {
        if (type == long.class) {
            return ValueLayout.JAVA_LONG;
        } else if (type == int.class) {
            return ValueLayout.JAVA_INT;
        } else if (type == double.class) {
            return ValueLayout.JAVA_DOUBLE;
        }
        throw new IllegalArgumentException("no C type for " + type);
    }

    private static byte[] implementation(Class<?> functions, Method[] methods) {
        ClassDesc self = ClassDesc.of(functions.getName() + "Calls");
        return ClassFile.of().build(self, builder -> {
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            builder.withInterfaceSymbols(functions.describeConstable().orElseThrow());
            builder.withMethodBody(INIT_NAME, MTD_void, 0, code -> code.aload(0)
                    .invokespecial(CD_Object, INIT_NAME, MTD_void)
                    .return_());
            for (int index = 0; index < methods.length; index++) {
                int position = index;
                MethodType type = type(methods[index]);
                builder.withMethodBody(
                        methods[index].getName(),
                        described(type),
                        ClassFile.ACC_PUBLIC,
                        code -> call(code, position, type));
            }
        });
    }

    private static void call(CodeBuilder code, int handle, MethodType type) {
        code.ldc(DynamicConstantDesc.ofNamed(LINKED, DEFAULT_NAME, CD_MethodHandle, handle));
        for (int parameter = 0; parameter < type.parameterCount(); parameter++) {
            TypeKind kind = TypeKind.from(type.parameterType(parameter));
            code.loadLocal(kind, code.parameterSlot(parameter));
            if (kind == TypeKind.INT) {
                code.i2l();
            }
        }
        code.invokevirtual(CD_MethodHandle, "invokeExact", described(wide(type)));
        TypeKind result = TypeKind.from(type.returnType());
        if (result == TypeKind.INT) {
            code.l2i();
        } else if (result == TypeKind.VOID) {
            code.pop2();
        }
        code.return_(result);
    }

    private static MethodTypeDesc described(MethodType type) {
        return type.describeConstable().orElseThrow();
    }
}
