package dev.midframe.tensorrt;

/** Is told how far the building of engines is; called on the building thread. */
@FunctionalInterface
public interface BuildListener {

    /** Tells nobody. */
    BuildListener SILENT = (what, fraction) -> {};

    /**
     * One step further.
     *
     * @param what is being built, for people
     * @param fraction of the work that is done, 0 to 1, never less than before
     */
    void progress(String what, double fraction);

    /** Whether nobody wants the engine any more: the build then ends with an exception. */
    default boolean cancelled() {
        return false;
    }
}
