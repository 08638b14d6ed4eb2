package dev.midframe.interpolation;

/** Gets how far the build of an engine is, and says whether it is still wanted; called on the building thread. */
@FunctionalInterface
public interface BuildListener {

    /** Ignores progress. */
    BuildListener SILENT = (what, fraction) -> {};

    /**
     * One step further. Nothing is reported of engines that need no build; once one does, 1 is the last that is reported, also
     * when the build failed: what came of it is the engine's or the exception's to say.
     *
     * @param what is being built, for people
     * @param fraction of the work that is done, 0 to 1, never less than before
     */
    void progress(String what, double fraction);

    /** Whether nobody wants the engine any more: the build then ends with an exception, within one of its steps. */
    default boolean cancelled() {
        return false;
    }

    /** Reports to another one, too; whether the engine is wanted is for this one to say. */
    default BuildListener and(BuildListener other) {
        BuildListener first = this;
        return new BuildListener() {
            @Override
            public void progress(String what, double fraction) {
                first.progress(what, fraction);
                other.progress(what, fraction);
            }

            @Override
            public boolean cancelled() {
                return first.cancelled();
            }
        };
    }
}
