package dev.midframe.testkit;

/** What a flushing seek is to find. */
public enum SeekFlag {
    ACCURATE(1 << 1),
    KEY_UNIT(1 << 2),
    SEGMENT(1 << 3);

    private static final int FLUSH = 1;

    private final int bit;

    SeekFlag(int bit) {
        this.bit = bit;
    }

    int bits() {
        return FLUSH | bit;
    }
}
