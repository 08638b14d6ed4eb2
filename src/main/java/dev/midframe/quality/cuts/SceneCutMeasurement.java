package dev.midframe.quality.cuts;

import dev.midframe.cadence.change.ChangeDetector;
import dev.midframe.quality.EvaluationException;
import dev.midframe.quality.Progress;
import dev.midframe.quality.material.ClipDecoder;
import dev.midframe.quality.material.ClipFolder;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.ObjIntConsumer;

/**
 * Measures scene cut detection on real material: cuts are made by joining clips at random points, and the same clips show
 * what is no cut. Every clip is read twice; frames are scaled down to 640 pixels of width.
 */
public final class SceneCutMeasurement {
    private static final OptionalInt WIDTH = OptionalInt.of(640);
    /** Frames kept of every clip for others to be joined to. */
    private static final int ENTRIES = 8;
    /** Places of every clip where each change of light is tried. */
    private static final int CHANGES_OF_LIGHT = 6;

    private final List<Path> files;
    private final int joins;
    private final double threshold;
    private final Random random;

    /**
     * Finds the clips.
     *
     * @param folder of two or more video files
     * @param joins how many to try
     * @param threshold see {@link ChangeDetector}
     * @param seed the same gives the same joins
     * @throws EvaluationException when there are fewer than two clips
     */
    public SceneCutMeasurement(Path folder, int joins, double threshold, long seed) {
        files = new ClipFolder(folder, WIDTH).files();
        if (files.size() < 2) {
            throw new EvaluationException("only one clip in " + folder + ": joining needs two or more");
        }
        this.joins = joins;
        this.threshold = threshold;
        random = new Random(seed);
    }

    /**
     * Measures. GStreamer has been initialized before.
     *
     * @throws EvaluationException when a clip cannot be read
     */
    public SceneCutResult run(Progress progress) {
        List<Survey> surveys = new ArrayList<>();
        for (Path file : files) {
            progress.sequence(name(file), surveys.size() + 1, 2 * files.size());
            surveys.add(survey(file, progress));
        }
        List<SceneCutResult.MissedJoin> missed = new ArrayList<>();
        List<CutTrial> tones = new ArrayList<>();
        int made = 0;
        for (int i = 0; i < surveys.size(); i++) {
            Survey survey = surveys.get(i);
            progress.sequence(survey.clip().name(), files.size() + i + 1, 2 * files.size());
            int share = joins * (i + 1) / surveys.size() - joins * i / surveys.size();
            List<CutTrial> trials = trials(survey, surveys, share);
            made += share;
            each(survey.file(), progress, (frame, index) -> trials.forEach(trial -> trial.feed(index, frame)));
            for (CutTrial trial : trials) {
                trial.close();
                switch (trial.alteration()) {
                    case CutAlteration.Tone tone -> tones.add(trial);
                    case CutAlteration.Join join
                    when !trial.cut() ->
                        missed.add(new SceneCutResult.MissedJoin(
                                survey.clip().name(),
                                trial.position() - 1,
                                join.clip(),
                                join.frame(),
                                trial.difference()));
                    case CutAlteration.Join seen -> {}
                }
            }
        }
        List<SceneCutResult.ClipCuts> clips = surveys.stream().map(Survey::clip).toList();
        return new SceneCutResult(threshold, made, missed, clips, toneCuts(tones));
    }

    /** A clip read once: what the detector saw in it, and some of its frames. */
    private record Survey(
            Path file, FrameFormat format, SceneCutResult.ClipCuts clip, List<CutAlteration.Join> entries) {}

    private Survey survey(Path file, Progress progress) {
        List<CutAlteration.Join> entries = new ArrayList<>();
        List<Integer> cuts = new ArrayList<>();
        int[] repeats = new int[1];
        double[] largest = new double[1];
        List<ChangeDetector> detector = new ArrayList<>();
        List<FrameFormat> format = new ArrayList<>();
        int frames = each(file, progress, (frame, index) -> {
            if (index == 0) {
                format.add(frame.format());
                detector.add(new ChangeDetector(frame.format(), threshold));
            }
            switch (detector.getFirst().detect(frame)) {
                case CUT -> cuts.add(index);
                case REPEAT -> repeats[0]++;
                case MOTION ->
                    largest[0] = Math.max(largest[0], detector.getFirst().structureDifference());
            }
            int kept = index < ENTRIES ? index : random.nextInt(index + 1);
            if (kept < ENTRIES) {
                CutAlteration.Join entry = new CutAlteration.Join(name(file), index, CutLuma.of(frame));
                if (kept < entries.size()) {
                    entries.set(kept, entry);
                } else {
                    entries.add(entry);
                }
            }
        });
        return new Survey(
                file,
                format.getFirst(),
                new SceneCutResult.ClipCuts(name(file), frames, repeats[0], cuts, largest[0]),
                entries);
    }

    private List<CutTrial> trials(Survey survey, List<Survey> surveys, int share) {
        List<CutTrial> trials = new ArrayList<>();
        int frames = survey.clip().frames();
        if (frames <= CutTrial.LEAD) {
            throw new EvaluationException(
                    survey.file() + " has only " + frames + " frames: too few to join to another");
        }
        for (int i = 0; i < share; i++) {
            Survey other = surveys.get(random.nextInt(surveys.size()));
            while (other == survey) {
                other = surveys.get(random.nextInt(surveys.size()));
            }
            CutAlteration.Join entry =
                    other.entries().get(random.nextInt(other.entries().size()));
            trials.add(trial(survey, random.nextInt(CutTrial.LEAD, frames), entry));
        }
        for (CutAlteration.Tone tone : CutAlteration.Tone.values()) {
            List<Integer> positions = positions(survey.clip(), tone.frames());
            for (int i = 0; i < CHANGES_OF_LIGHT && !positions.isEmpty(); i++) {
                trials.add(trial(survey, positions.get(random.nextInt(positions.size())), tone));
            }
        }
        return trials;
    }

    private CutTrial trial(Survey survey, int position, CutAlteration alteration) {
        return new CutTrial(survey.format(), position, alteration, threshold);
    }

    /** Where a change of light fits without one of the clip's own cuts in it. */
    private static List<Integer> positions(SceneCutResult.ClipCuts clip, int length) {
        List<Integer> positions = new ArrayList<>();
        for (int position = CutTrial.LEAD; position + length <= clip.frames(); position++) {
            int from = position;
            if (clip.cuts().stream().noneMatch(cut -> cut >= from && cut < from + length)) {
                positions.add(position);
            }
        }
        return positions;
    }

    private static List<SceneCutResult.ToneCuts> toneCuts(List<CutTrial> trials) {
        List<SceneCutResult.ToneCuts> cuts = new ArrayList<>();
        for (CutAlteration.Tone tone : CutAlteration.Tone.values()) {
            List<CutTrial> those =
                    trials.stream().filter(trial -> trial.alteration() == tone).toList();
            cuts.add(new SceneCutResult.ToneCuts(
                    tone.description(),
                    those.size(),
                    (int) those.stream().filter(CutTrial::cut).count(),
                    those.stream().mapToDouble(CutTrial::difference).max().orElse(0)));
        }
        return cuts;
    }

    /** Hands every frame on with its index; answers how many there were. */
    private static int each(Path file, Progress progress, ObjIntConsumer<VideoFrame> consumer) {
        try (ClipDecoder decoder = new ClipDecoder(file, WIDTH);
                Arena arena = Arena.ofShared()) {
            VideoFrame frame = VideoFrame.allocate(decoder.format(), arena);
            long expected = decoder.expectedFrames();
            int index = 0;
            while (decoder.read(frame) != ClipDecoder.END) {
                consumer.accept(frame, index);
                index++;
                progress.picture(index, expected);
            }
            return index;
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
