package dev.midframe.cluster;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.resource.ResourceInformation;

/** Does a piece of work in a task. What fails is tried again, on another machine where there is one, before it counts as failed. */
final class Work implements Function<Work.Piece, Outcome> {

    private static final long serialVersionUID = 1L;

    /** Behind that Spark would end the job, and all other films with it. */
    private static final int ATTEMPTS = 3;

    private final Child child;

    /**
     * A piece of work.
     *
     * @param film whose it is
     * @param words of the command line
     */
    record Piece(String film, List<String> words) implements Serializable {

        private static final long serialVersionUID = 1L;
    }

    Work(Child child) {
        this.child = child;
    }

    @Override
    public Outcome call(Piece piece) {
        TaskContext task = TaskContext.get();
        ResourceInformation gpu = task.resourcesJMap().get("gpu");
        Child.End end = child.run(piece.words(), gpu == null ? List.of() : List.of(gpu.addresses()));
        if (end.code() != 0 && task.attemptNumber() + 1 < ATTEMPTS) {
            throw new IllegalStateException(piece.film() + ": " + end.error());
        }
        return new Outcome(piece.film(), end.code() == 0 ? "" : end.error(), end.output());
    }
}
