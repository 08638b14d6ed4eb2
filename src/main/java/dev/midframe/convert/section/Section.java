package dev.midframe.convert.section;

/**
 * A stretch of what a film becomes, and what has to be known to make it alone, all in nanoseconds of stream time.
 *
 * @param start where the film is begun with, so that all that the first frame depends on has come; 0 for its beginning
 * @param from the first time of the stretch
 * @param until the first time behind it; {@link Long#MAX_VALUE} for the end of the film
 * @param origin where the count of output frames begins, with a rate; a time from which on real frames are counted, with a factor
 * @param originFrame the number of the first real frame from there on
 * @param later by how much stream time is later than the demuxer's timestamps
 * @param offset of the whole output's times from stream time
 */
public record Section(long start, long from, long until, long origin, long originFrame, long later, long offset) {

    /** As properties of the element. */
    public String properties() {
        return " from=" + from + " until=" + until
                + (start > 0 ? " origin=" + origin + " origin-frame=" + originFrame : "");
    }
}
