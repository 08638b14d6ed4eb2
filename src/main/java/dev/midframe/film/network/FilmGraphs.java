package dev.midframe.film.network;

import dev.midframe.film.ModelException;
import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.Lowering;
import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.film.graph.Precision;
import dev.midframe.film.graph.StandardLowering;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmModel;
import dev.midframe.interpolation.MotionSize;
import dev.midframe.video.FrameFormat;

/**
 * Writes a model's parts as ONNX for one format of frames: size, layout, colour and padding are part of the graphs, so that
 * frames go in and come out as packed bytes ({@link dev.midframe.video.VideoFrame#packed}). Immutable; each call
 * builds anew.
 */
public final class FilmGraphs {

    private final FilmModel model;
    private final FrameFormat format;
    private final Lowering.Factory lowering;
    private final int reduction;

    /** Graphs that any engine takes, for motion at full size. */
    public FilmGraphs(FilmModel model, FrameFormat format, Precision precision) {
        this(model, format, StandardLowering.in(precision), 1);
    }

    /**
     * How much smaller the pictures are that motion is found in.
     *
     * @param size full or half
     * @return what the constructor takes
     * @throws ModelException when the model finds motion at full size only
     */
    public static int reduction(FilmModel model, MotionSize size) {
        if (size != MotionSize.HALF) {
            return 1;
        }
        if (model.config().output() == FilmConfig.Output.RGB) {
            throw new ModelException("the model " + model.name()
                    + " makes pictures at the size at which it finds motion: motion-size=half is not for it");
        }
        return 2;
    }

    /**
     * @param model its configuration shapes the graphs
     * @param format of the frames in and out
     * @param lowering how the engine wants the network written
     * @param reduction 1, or 2 to find motion in pictures of half the size, which costs less: warping and the last layers
     *     stay at full size ({@link FilmConfig.Output#BLEND} only)
     */
    public FilmGraphs(FilmModel model, FrameFormat format, Lowering.Factory lowering, int reduction) {
        this.model = model;
        this.format = format;
        this.lowering = lowering;
        this.reduction = reduction;
    }

    /** Writes one part. */
    public OnnxGraph build(FilmPart part) {
        GraphBuilder graph = new GraphBuilder();
        PartWriter writer = new PartWriter(model, format, reduction, graph, lowering.into(graph));
        switch (part) {
            case FEATURES -> writer.features();
            case FLOW -> writer.flow();
            case FUSION -> writer.fusion();
            case PAIR -> writer.pair();
            case CORE -> writer.core();
        }
        return graph.build(part.name());
    }
}
