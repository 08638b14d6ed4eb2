package dev.midframe.quality.material;

/**
 * Real frames in order, every other one left out: a clip, or three pictures. May be opened several times, also at once.
 *
 * @see TripletFolder
 * @see ClipFolder
 */
public interface Sequence {

    /** What the reports call it. */
    String name();

    /** Begins at its first frame. */
    TripletReader open();

    /** The same sequence, of its first triplets only. */
    default Sequence limitedTo(int triplets) {
        Sequence whole = this;
        return new Sequence() {
            @Override
            public String name() {
                return whole.name();
            }

            @Override
            public TripletReader open() {
                return whole.open().limitedTo(triplets);
            }
        };
    }
}
