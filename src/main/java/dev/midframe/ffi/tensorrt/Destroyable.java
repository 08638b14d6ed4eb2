package dev.midframe.ffi.tensorrt;

/** An object that its owner deletes. */
public interface Destroyable {

    /** C++ {@code delete}; the object must not be used afterwards. */
    void destroy();
}
