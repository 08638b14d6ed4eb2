package dev.midframe.ffi.tensorrt;

/** Receives TensorRT's log; implemented in Java. */
public interface ILogger {

    int getAPILanguage();

    InterfaceInfo getInterfaceInfo();

    void log(int severity, String message);
}
