package dev.midframe.film.graph;

import dev.midframe.film.model.FilmModel;

/**
 * The operators a graph is written with.
 *
 * @param block 1 for ONNX's own operators and layout only: any engine takes that. Otherwise the graph is for ONNX Runtime on a
 *     CPU: features lie in blocks of this many channels, [N, C / block, H, W, block], as its fastest convolutions have them
 *     (its domain {@code com.microsoft.nchwc}; the block depends on the processor), and what convolutions do not do is
 *     asked of the operators of {@link CustomOp}, which the engine must bring
 * @param bytes whether features are bytes instead ({@link Bytes}), all but those of the last layers
 */
public record Dialect(int block, boolean bytes) {

    /** ONNX and nothing else. */
    public static final Dialect STANDARD = new Dialect(1);

    /** Without bytes. */
    public Dialect(int block) {
        this(block, false);
    }

    /** With bytes for a model that can be computed in them, otherwise this. */
    public Dialect inBytesFor(FilmModel model) {
        return blocked() && model.inBytes() ? new Dialect(block, true) : this;
    }

    public Dialect {
        if (block < 1) {
            throw new IllegalArgumentException("a block of " + block + " channels");
        }
    }

    public boolean blocked() {
        return block > 1;
    }

    /** Channels that are stored for so many. */
    public int stored(int channels) {
        return Math.ceilDiv(channels, block) * block;
    }
}
