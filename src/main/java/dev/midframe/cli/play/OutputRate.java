package dev.midframe.cli.play;

import dev.midframe.pipeline.play.Player;
import org.jspecify.annotations.Nullable;

/**
 * How many frames are to be shown.
 *
 * @param factor for each frame of the film, as in 2 or 5/2
 * @param fps a second, in place of the factor; null for the factor
 */
record OutputRate(String factor, @Nullable String fps) {

    /** In a line, for people. */
    String text(boolean generated) {
        return !generated ? "as filmed" : fps == null ? "factor    " + factor : "shown at  " + fps + " frames a second";
    }

    /** @param generated whether frames are generated at all */
    void apply(Player player, boolean generated) {
        if (fps != null) {
            player.set("fps", generated ? fps : "0/1");
        }
        player.set("factor", !generated ? "1" : fps == null ? factor : "2");
    }
}
