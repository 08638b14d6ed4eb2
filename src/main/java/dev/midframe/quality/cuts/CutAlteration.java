package dev.midframe.quality.cuts;

/** What takes the place of a clip's frames in a {@link CutTrial}. */
sealed interface CutAlteration {

    /** How many frames are altered. */
    int frames();

    /** The picture in place of a real one; {@code step} counts from 0. */
    CutLuma apply(int step, CutLuma real);

    /**
     * Another clip follows: a cut.
     *
     * @param clip the name of the other clip
     * @param frame which of its frames
     * @param picture that frame
     */
    record Join(String clip, int frame, CutLuma picture) implements CutAlteration {
        @Override
        public int frames() {
            return 1;
        }

        @Override
        public CutLuma apply(int step, CutLuma real) {
            return picture;
        }
    }

    /** The same scene under changing light: no cut. */
    enum Tone implements CutAlteration {
        /** One frame lighter by 40 % of the range, clipped; then as before. */
        FLASH("flash, one frame lighter by 102 of 255", 2) {
            @Override
            int tone(int step, int value) {
                return step == 0 ? value + 102 : value;
            }
        },
        /** One frame of three times the values, clipped; then as before. */
        STRONG_FLASH("flash, one frame three times as light", 2) {
            @Override
            int tone(int step, int value) {
                return step == 0 ? 3 * value : value;
            }
        },
        /** One white frame; then as before. */
        WHITE("one white frame", 2) {
            @Override
            int tone(int step, int value) {
                return step == 0 ? 235 : value;
            }
        },
        /** Down to black in 12 frames and up again. */
        FADE("fade to black in 12 frames and back", 24) {
            @Override
            int tone(int step, int value) {
                return 16 + (value - 16) * Math.abs(11 - step) / 12;
            }
        };

        private final String description;
        private final int frames;

        Tone(String description, int frames) {
            this.description = description;
            this.frames = frames;
        }

        abstract int tone(int step, int value);

        String description() {
            return description;
        }

        @Override
        public int frames() {
            return frames;
        }

        @Override
        public CutLuma apply(int step, CutLuma real) {
            return real.toned(value -> tone(step, value));
        }
    }
}
