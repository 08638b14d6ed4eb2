package dev.midframe.container;

import java.util.Arrays;

/** How a player turns or mirrors pictures before it shows them, as a display matrix says it. */
public enum Orientation {
    UPRIGHT("identity", 1, 0, 0, 1),
    RIGHT("90r", 0, 1, -1, 0),
    UPSIDE_DOWN("180", -1, 0, 0, -1),
    LEFT("90l", 0, -1, 1, 0),
    MIRRORED("horiz", -1, 0, 0, 1),
    FLIPPED("vert", 1, 0, 0, -1),
    TRANSPOSED("ul-lr", 0, 1, 1, 0),
    TRANSVERSED("ur-ll", 0, -1, -1, 0);

    private final String direction;
    private final int[] signs;

    Orientation(String direction, int... signs) {
        this.direction = direction;
        this.signs = signs;
    }

    /** What GStreamer's {@code videoflip} calls it. */
    public String direction() {
        return direction;
    }

    /**
     * The one of a matrix, whose numbers x' = a x + c y and y' = b x + d y are made of, with y downwards; upright where it is
     * none of these.
     */
    static Orientation of(int a, int b, int c, int d) {
        int[] wanted = {Integer.signum(a), Integer.signum(b), Integer.signum(c), Integer.signum(d)};
        return Arrays.stream(values())
                .filter(one -> Arrays.equals(one.signs, wanted))
                .findFirst()
                .orElse(UPRIGHT);
    }
}
