package dev.midframe.quality;

import dev.midframe.quality.material.Sequence;
import dev.midframe.quality.material.Triplet;
import dev.midframe.quality.material.TripletReader;
import dev.midframe.quality.method.Method;
import dev.midframe.quality.metric.Channels;
import dev.midframe.quality.metric.Score;
import dev.midframe.quality.metric.Summary;
import dev.midframe.quality.report.WorstPicture;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs every method over one sequence and scores each picture. */
final class SequenceEvaluation implements AutoCloseable {

    /** Stillness costs a picture of its own: measured on the first of so many. */
    private static final int STILLNESS_EVERY = 16;

    private final List<Method> methods;
    private final Sequence sequence;
    private final TripletReader triplets;
    private final Arena arena = Arena.ofShared();
    private final List<VideoFrame> targets = new ArrayList<>();
    private final List<List<Score>> scores = new ArrayList<>();
    private final Map<Method, Integer> stillness = new HashMap<>();
    private final List<SequenceResult.Picture> pictures = new ArrayList<>();
    private @Nullable WorstPicture worst;

    SequenceEvaluation(List<Method> methods, Sequence sequence) {
        this.methods = methods;
        this.sequence = sequence;
        this.triplets = sequence.open();
    }

    /** @throws EvaluationException when the sequence cannot be read or has no triplet */
    SequenceResult run(Progress progress) {
        methods.forEach(method -> method.start(sequence));
        FrameFormat format = null;
        for (Triplet triplet = triplets.next(); triplet != null; triplet = triplets.next()) {
            if (format == null) {
                format = triplet.real().format();
                prepare(format);
            }
            measure(triplet);
            progress.picture(pictures.size(), triplets.expected());
        }
        if (format == null || worst == null) {
            throw new EvaluationException(sequence.name() + " has no frames to measure");
        }
        List<Summary> summaries = IntStream.range(0, methods.size())
                .mapToObj(i -> Summary.ofPictures(methods.get(i).name(), scores.get(i), stillness.get(methods.get(i))))
                .toList();
        return new SequenceResult(
                sequence.name(), format.width(), format.height(), summaries, pictures, worst.exhibit());
    }

    @Override
    public void close() {
        triplets.close();
        arena.close();
    }

    private void prepare(FrameFormat format) {
        for (int i = 0; i < methods.size(); i++) {
            targets.add(VideoFrame.allocate(format, arena));
            scores.add(new ArrayList<>());
        }
    }

    private void measure(Triplet triplet) {
        if (pictures.size() % STILLNESS_EVERY == 0) {
            for (Method method : methods) {
                OptionalInt difference = method.stillness(triplet.real());
                difference.ifPresent(value -> stillness.merge(method, value, Math::max));
            }
        }
        for (int i = 0; i < methods.size(); i++) {
            methods.get(i).between(triplet, targets.get(i));
        }
        Channels real = Channels.of(triplet.real());
        double first = Channels.of(triplet.first()).meanLuma();
        double second = Channels.of(triplet.second()).meanLuma();
        double neighboursLuma = first + triplet.time() * (second - first);
        List<Channels> made = targets.parallelStream().map(Channels::of).toList();
        List<Score> scored = made.parallelStream()
                .map(generated -> Score.of(real, generated, neighboursLuma))
                .toList();
        Map<String, Score> byMethod = new LinkedHashMap<>();
        for (int i = 0; i < methods.size(); i++) {
            scores.get(i).add(scored.get(i));
            byMethod.put(methods.get(i).name(), scored.get(i));
        }
        pictures.add(new SequenceResult.Picture(triplet.index(), triplet.time(), byMethod));
        Score shown = scored.getFirst();
        if (worst == null || shown.psnrRgb() < worst.score().psnrRgb()) {
            worst = new WorstPicture(triplet.index(), shown, real, made.getFirst());
        }
    }
}
