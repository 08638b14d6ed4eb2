package dev.midframe.quality.material;

import dev.midframe.quality.EvaluationException;
import org.jspecify.annotations.Nullable;

/** Goes through a sequence: each triplet's second frame is the next one's first. */
public interface TripletReader extends AutoCloseable {

    /**
     * The next triplet, or null at the end. Its frames are valid until the next call or {@link #close}.
     *
     * @throws EvaluationException when the frames cannot be read or are too few for one triplet
     */
    @Nullable
    Triplet next();

    /** How many triplets there will be, as far as it is known before the end, else -1. */
    long expected();

    @Override
    void close();

    /** The same reader, ending after so many triplets. */
    default TripletReader limitedTo(int triplets) {
        TripletReader whole = this;
        return new TripletReader() {
            private int left = triplets;

            @Override
            public @Nullable Triplet next() {
                return left-- > 0 ? whole.next() : null;
            }

            @Override
            public long expected() {
                long expected = whole.expected();
                return expected < 0 ? triplets : Math.min(expected, triplets);
            }

            @Override
            public void close() {
                whole.close();
            }
        };
    }
}
