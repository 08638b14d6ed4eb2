package dev.midframe.quality;

/**
 * A picture that may have to be shown.
 *
 * @param index position in the sequence, from 0
 * @param score what was reached
 * @param real as it was
 * @param generated as it was made
 */
record WorstPicture(int index, Score score, Channels real, Channels generated) {

    /** The pictures as small files. */
    Exhibit exhibit() {
        return new Exhibit(
                index,
                score,
                Thumbnail.of(real).dataUri(),
                Thumbnail.of(generated).dataUri(),
                Thumbnail.ofDifference(real, generated).dataUri());
    }
}
