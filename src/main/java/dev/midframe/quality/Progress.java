package dev.midframe.quality;

/** Gets how far a long evaluation is. */
public interface Progress {

    /**
     * A sequence begins.
     *
     * @param name what it is called
     * @param number counts from 1
     * @param of how many there are
     */
    void sequence(String name, int number, int of);

    /**
     * A picture of the sequence is done.
     *
     * @param done so far
     * @param expected in this sequence, -1 if that is not known
     */
    void picture(long done, long expected);
}
