package dev.midframe.film;

/** How a graph asks for backward warping. */
public enum Warping {
    /** ONNX's own GridSample, with its grids computed in the graph: any engine takes it. */
    GRID_SAMPLE,
    /**
     * The operator {@link #NAME} of the domain {@link #DOMAIN}, which the engine must bring: picture [N,C,H,W] and flow
     * [N,2,H/n,W/m] in pixels of its own size (channel 0 = x) to [N,C,H,W], all 32-bit: the flow enlarged to the picture's
     * size (bilinear, half-pixel centres, times m and n), then {@code out(p) = in(p + flow(p))}, bilinear, clamped to the
     * border.
     */
    OPERATOR;

    /** Domain of the project's own operators. */
    public static final String DOMAIN = "dev.midframe";

    /** The operator's name. */
    public static final String NAME = "Warp";
}
