package dev.midframe.ffi.tensorrt;

import org.jspecify.annotations.Nullable;

/** Receives the progress of a build; implemented in Java. */
public interface IProgressMonitor {

    int getAPILanguage();

    InterfaceInfo getInterfaceInfo();

    void phaseStart(String phase, @Nullable String parent, int steps);

    boolean stepComplete(String phase, int step);

    void phaseFinish(String phase);
}
