package dev.midframe.ffi;

import java.lang.foreign.Linker;

/** The end of the process without shutdown hooks and exit handlers, which free what threads in native code still use. */
public final class ProcessEnd {

    private ProcessEnd() {}

    /** Functions of the C library. */
    private interface Unistd {
        void _exit(int status);
    }

    /** Ends the process at once. What is not written yet is lost. */
    public static void atOnce(int status) {
        NativeFunctions.bind(Unistd.class, Linker.nativeLinker().defaultLookup())
                ._exit(status);
    }
}
