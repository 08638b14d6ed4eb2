package dev.midframe.pipeline;

import java.util.List;
import java.util.Optional;

/**
 * What a pipeline's {@code midframe} elements have counted.
 *
 * @param counted whether there are any
 * @param in real frames that came
 * @param generated frames that were made
 * @param skipped frames that were not made, for want of time
 * @param out frames that left
 * @param engine that makes them; empty where none had to
 */
public record FrameCounts(boolean counted, long in, long generated, long skipped, long out, Optional<String> engine) {

    /** Of a pipeline that is not closed. */
    public static FrameCounts of(MediaPipeline media) {
        List<PipelineElement> elements = media.elements("midframe");
        return new FrameCounts(
                !elements.isEmpty(),
                sum(elements, "frames-in"),
                sum(elements, "frames-generated"),
                sum(elements, "frames-skipped"),
                sum(elements, "frames-out"),
                elements.stream()
                        .flatMap(element -> element.property("engine").stream())
                        .filter(engine -> !engine.isEmpty())
                        .findFirst());
    }

    private static long sum(List<PipelineElement> elements, String counter) {
        return elements.stream().mapToLong(element -> element.number(counter)).sum();
    }
}
