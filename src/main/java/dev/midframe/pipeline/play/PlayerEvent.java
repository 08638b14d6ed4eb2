package dev.midframe.pipeline.play;

/** What a {@link Player} reports. */
public sealed interface PlayerEvent {

    /** The film is over. */
    record Ended() implements PlayerEvent {}

    /** The film cannot be played, or not further: why, in one line. */
    record Failed(String reason) implements PlayerEvent {}

    /** Somebody closed the window. */
    record WindowClosed() implements PlayerEvent {}

    /** The first frame, or that of a new position, is there: positions can be asked for. */
    record Ready() implements PlayerEvent {}

    /** A key in the window, by X's name for it: {@code space}, {@code Left}, {@code q}. */
    record Key(String name) implements PlayerEvent {}

    /**
     * A mouse button in the window.
     *
     * @param button 1 is the left one, 4 and 5 are the wheel up and down
     * @param x from the left of the picture, 0 to 1
     * @param y from the top of the picture, 0 to 1
     */
    record Click(int button, double x, double y) implements PlayerEvent {}
}
