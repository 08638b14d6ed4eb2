package dev.midframe.quality.cuts;

import dev.midframe.cadence.change.ChangeDetector;
import dev.midframe.quality.report.Table;
import java.util.List;
import java.util.Locale;

/**
 * How well scene cuts are distinguished from everything else.
 *
 * @param threshold the scene threshold
 * @param joins how often one clip was joined to another at random points
 * @param missed joins not seen as cuts
 * @param clips every clip by itself
 * @param tones changes of light within a scene, none of which is a cut
 */
public record SceneCutResult(
        double threshold, int joins, List<MissedJoin> missed, List<ClipCuts> clips, List<ToneCuts> tones) {

    /**
     * A join that was not seen.
     *
     * @param difference its structure difference, see {@link ChangeDetector#structureDifference}
     */
    public record MissedJoin(String from, int lastFrame, String to, int firstFrame, double difference) {}

    /**
     * What was seen in a clip as it is.
     *
     * @param name its file
     * @param frames how many it has
     * @param repeats how many repeat their predecessor
     * @param cuts frames (from 0) before which a cut was seen: its own cuts, or false ones
     * @param largest the largest structure difference between neighbours that is no cut
     */
    public record ClipCuts(String name, int frames, int repeats, List<Integer> cuts, double largest) {}

    /**
     * What was seen under changing light.
     *
     * @param change what happened to the light
     * @param trials how often
     * @param cuts how often it was taken for a cut
     * @param largest the largest structure difference
     */
    public record ToneCuts(String change, int trials, int cuts, double largest) {}

    /** The share of joins that were seen, 0 to 1. */
    public double recall() {
        return joins == 0 ? 0 : (double) (joins - missed.size()) / joins;
    }

    /** All as plain text for a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d of %d joins of different clips seen: recall %.1f %% at threshold %.2f%n",
                joins - missed.size(),
                joins,
                100 * recall(),
                threshold));
        missed.forEach(join -> text.append(String.format(
                Locale.ROOT,
                "  missed: %s frame %d to %s frame %d, difference %.2f%n",
                join.from(),
                join.lastFrame(),
                join.to(),
                join.firstFrame(),
                join.difference())));
        Table within =
                new Table().row(List.of("clip", "frames", "repeats", "largest difference", "cuts before frames"));
        clips.forEach(clip -> within.row(List.of(
                clip.name(),
                Integer.toString(clip.frames()),
                Integer.toString(clip.repeats()),
                decimals(clip.largest()),
                clip.cuts().isEmpty() ? "none" : clip.cuts().toString())));
        Table light = new Table().row(List.of("change of light", "trials", "largest difference", "taken for a cut"));
        tones.forEach(tone -> light.row(List.of(
                tone.change(),
                Integer.toString(tone.trials()),
                decimals(tone.largest()),
                Integer.toString(tone.cuts()))));
        return text.append('\n').append(within).append('\n').append(light).toString();
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
