package dev.midframe.interpolation;

/** The size of the frames that motion is found in. Warping and blending are done at full size always. */
public enum MotionSize {
    /** The engine's choice: half for large frames on a CPU, else full. */
    AUTO,
    /** The frames' own size. */
    FULL,
    /** Half of it, for less work; fine motion is found less exactly. */
    HALF
}
