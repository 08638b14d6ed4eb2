package dev.midframe.engine;

import dev.midframe.interpolation.BuildListener;

/** Gets what becomes of a program's engines on GPUs: how far builds are, and which fail. */
@FunctionalInterface
public interface EngineListener extends BuildListener {

    /** Ignores everything. */
    EngineListener SILENT = (what, fraction) -> {};

    /**
     * The GPU did not open, or failed in mid-stream.
     *
     * @param forGood whether it does no more for this program, which has to be started again to use it
     */
    default void gpuFailed(boolean forGood) {}
}
