package dev.midframe.convert;

import dev.midframe.container.Track;
import dev.midframe.convert.encoding.PictureEncoder;
import dev.midframe.convert.encoding.SoundEncoder;
import java.util.List;

/**
 * What becomes of a film's tracks.
 *
 * @param encoder how the pictures are encoded
 * @param tracks what else is in the output, in the order of the input
 * @param notes what a person is to know, a line each: what is not as it was, and why
 */
record Plan(Film film, Container container, PictureEncoder encoder, List<Kept> tracks, List<String> notes) {

    /** The same with nothing but the pictures. */
    Plan withoutTracks() {
        return new Plan(film, container, encoder, List.of(), notes);
    }

    /** A track that stays. */
    sealed interface Kept {

        Track track();
    }

    /** Its packets stay as they are. */
    record Copied(Track track) implements Kept {}

    /** Its sound is encoded anew. */
    record Encoded(Track track, SoundEncoder encoder) implements Kept {}

    /** Its texts are written in another way. */
    record Texts(Track track, String codec) implements Kept {}

    /** It becomes an attached file. */
    record Attached(Track track) implements Kept {}
}
