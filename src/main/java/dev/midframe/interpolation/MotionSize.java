package dev.midframe.interpolation;

import java.util.Locale;

/** The size of the pictures that motion is found in. Warping and blending are done at full size always. */
public enum MotionSize {
    /** The engine's choice: half for large pictures on a CPU, else full. */
    AUTO,
    /** The frames' own size. */
    FULL,
    /** Half of it, for a third of the work or less; fine motion is found less exactly. */
    HALF;

    /** The name users write: {@code auto}, {@code full}, {@code half}. */
    public String nick() {
        return name().toLowerCase(Locale.ROOT);
    }
}
