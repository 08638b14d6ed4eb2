package dev.midframe.film.graph;

/** Which of a stored tensor's dimensions are what. A {@link Lowering} may keep features in a layout of its own. */
public interface TensorLayout {

    /** ONNX's own layout: [batch, channels, height, width]. */
    TensorLayout NCHW = new Nchw();

    /** Channels of the network, without those that a layout stores beside them. */
    default int channels(int... shape) {
        return shape[1];
    }

    /** Rows. */
    default int height(int... shape) {
        return shape[2];
    }

    /** Columns. */
    default int width(int... shape) {
        return shape[3];
    }

    /** The class of {@link #NCHW}. */
    record Nchw() implements TensorLayout {}
}
