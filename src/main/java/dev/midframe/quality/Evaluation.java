package dev.midframe.quality;

import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.picture.PictureException;
import dev.midframe.quality.material.Sequence;
import dev.midframe.quality.method.Blending;
import dev.midframe.quality.method.Method;
import dev.midframe.quality.method.Minterpolate;
import dev.midframe.quality.method.ModelMethod;
import dev.midframe.quality.method.Repeating;
import dev.midframe.quality.report.StillFolder;
import dev.midframe.quality.report.StillMaker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Measures engines beside blending, repeating and, where ffmpeg is installed, minterpolate. */
public final class Evaluation implements AutoCloseable {

    private final List<Method> methods;

    /**
     * Prepares the methods; engines open with the first pictures.
     *
     * @param models names of models to measure, one or more; the first is the one whose worst pictures are shown
     */
    public Evaluation(InterpolatorFactory engines, List<String> models, Backend backend) {
        this(Stream.of(
                        models.stream().map(model -> new ModelMethod(engines, model, backend)),
                        Stream.of(new Blending(), new Repeating()),
                        Minterpolate.everySetting())
                .<Method>flatMap(method -> method)
                .toList());
    }

    /** With these methods, one or more; the first is the one whose worst pictures are shown. */
    public Evaluation(List<Method> methods) {
        this.methods = methods;
    }

    /**
     * Measures all sequences. One that cannot be read is named in the result and left out.
     *
     * @param material what the reports call the sequences
     * @throws EvaluationException when none of them can be measured
     * @throws dev.midframe.interpolation.InterpolationException when an engine cannot be had or fails
     */
    public EvaluationResult run(String material, List<Sequence> sequences, Progress progress) {
        return run(material, sequences, progress, null);
    }

    /**
     * As {@link #run(String, List, Progress)}, and writes one picture of each sequence: the one whose PSNR by the first
     * method is the median of the lowest quarter, real and as made, side by side. A picture that cannot be written is
     * reported as a failure; the sequence counts all the same.
     *
     * @param stills where to, or null for nowhere
     */
    public EvaluationResult run(
            String material, List<Sequence> sequences, Progress progress, @Nullable StillFolder stills) {
        List<SequenceResult> results = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Sequence sequence : sequences) {
            progress.sequence(sequence.name(), results.size() + failures.size() + 1, sequences.size());
            try (SequenceEvaluation evaluation = new SequenceEvaluation(methods, sequence)) {
                results.add(evaluation.run(progress));
            } catch (EvaluationException | PictureException unreadable) {
                failures.add(unreadable.getMessage());
                continue;
            }
            if (stills != null) {
                show(sequence, results.getLast(), stills, failures);
            }
        }
        if (results.isEmpty()) {
            throw new EvaluationException(String.join("; ", failures));
        }
        return EvaluationResult.of(material, descriptions(), results, failures);
    }

    @Override
    public void close() {
        methods.forEach(Method::close);
    }

    private void show(Sequence sequence, SequenceResult result, StillFolder stills, List<String> failures) {
        try {
            stills.write(sequence.name(), new StillMaker(methods).of(sequence, result));
        } catch (EvaluationException | PictureException failure) {
            failures.add("the picture of " + sequence.name() + ": " + failure.getMessage());
        }
    }

    private Map<String, String> descriptions() {
        Map<String, String> descriptions = new LinkedHashMap<>();
        methods.forEach(method -> descriptions.put(method.name(), method.description()));
        return descriptions;
    }
}
