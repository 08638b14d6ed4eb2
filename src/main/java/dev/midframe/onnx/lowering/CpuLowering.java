package dev.midframe.onnx.lowering;

import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.Lowering;
import dev.midframe.film.graph.Precision;
import dev.midframe.film.graph.StandardLowering;

/**
 * One of the lowerings for ONNX Runtime on a CPU.
 *
 * @param numbers what features are computed in, for people
 * @param factory writes the graphs
 * @param block channels of a block in the layout of the {@link CustomOp custom operators} that graphs use; 1 where they use none
 */
public record CpuLowering(String numbers, Lowering.Factory factory, int block) {

    /** ONNX's own operators, which run on every processor. */
    public static final CpuLowering STANDARD = new CpuLowering("floats", StandardLowering.in(Precision.FP32), 1);

    /** Features in floats, in blocks of so many channels. */
    public static CpuLowering nchwc(int block) {
        return new CpuLowering("floats in blocks", graph -> nchwc(graph, block), block);
    }

    /** Features in int8, and in blocks of so many channels where they are floats. */
    public static CpuLowering int8(int block, ActivationRanges ranges) {
        return new CpuLowering("int8", graph -> new Int8Lowering(graph, nchwc(graph, block), ranges), block);
    }

    private static NchwcLowering nchwc(GraphBuilder graph, int block) {
        return new NchwcLowering(graph, new NchwcBlocks(block));
    }

    /** Whether the graphs need the custom operators. */
    public boolean usesCustomOperators() {
        return block > 1;
    }
}
