package dev.midframe.quality.report;

import dev.midframe.quality.metric.Channels;
import dev.midframe.quality.metric.Score;

/**
 * A picture that may have to be shown.
 *
 * @param index position in the sequence, from 0
 * @param score what was reached
 * @param real as it was
 * @param generated as it was made
 */
public record WorstPicture(int index, Score score, Channels real, Channels generated) {

    /** The pictures as small files. */
    public Exhibit exhibit() {
        return new Exhibit(
                index,
                score,
                Thumbnail.of(real).dataUri(),
                Thumbnail.of(generated).dataUri(),
                Thumbnail.ofDifference(real, generated).dataUri());
    }
}
