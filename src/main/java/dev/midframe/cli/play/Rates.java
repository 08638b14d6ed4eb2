package dev.midframe.cli.play;

import dev.midframe.pipeline.play.Player;
import java.time.Duration;
import java.util.Locale;

/** Frames a second, from the element's counters. */
final class Rates {

    private long nanos = System.nanoTime();
    private Counts last = new Counts(0, 0, 0);
    private Counts perSecond = last;

    /** Of the film, generated, left out to keep up. */
    private record Counts(double real, double generated, double skipped) {

        static Counts of(Player player) {
            return new Counts(
                    number(player, "frames-in"), number(player, "frames-generated"), number(player, "frames-skipped"));
        }

        private static double number(Player player, String counter) {
            return Double.parseDouble(player.get(counter));
        }
    }

    /** Looks again, at intervals that the caller chooses. */
    void look(Player player) {
        double seconds =
                (System.nanoTime() - nanos) / (double) Duration.ofSeconds(1).toNanos();
        Counts now = Counts.of(player);
        perSecond = new Counts(
                Math.max(0, now.real - last.real) / seconds,
                Math.max(0, now.generated - last.generated) / seconds,
                Math.max(0, now.skipped - last.skipped) / seconds);
        last = now;
        nanos = System.nanoTime();
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "film      %5.1f frames a second%ngenerated %5.1f%nleft out  %5.1f",
                perSecond.real,
                perSecond.generated,
                perSecond.skipped);
    }

    String line() {
        return String.format(Locale.ROOT, "%.1f + %.1f generated frames a second", perSecond.real, perSecond.generated);
    }
}
