package dev.midframe.film.network;

import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.Operators;
import dev.midframe.film.graph.Value;
import java.util.List;

/**
 * Flows of the fused levels, from fine to coarse, in pixels of their levels.
 *
 * @param forward [1,2,h,w] at the positions of the earlier picture, pointing into the later one
 * @param backward the other way
 */
public record Flows(List<Value> forward, List<Value> backward) {

    /**
     * Flows from the positions of a frame between the two.
     *
     * @param toFirst into the earlier picture
     * @param toSecond into the later one
     */
    record Scaled(List<Value> toFirst, List<Value> toSecond) {}

    /** FILM takes motion as linear: at time t the way back is t times the backward flow, at the same positions. */
    Scaled at(Value time, Operators ops) {
        Value rest = ops.complement(time);
        return new Scaled(
                backward.stream().map(flow -> ops.multiply(flow, time)).toList(),
                forward.stream().map(flow -> ops.multiply(flow, rest)).toList());
    }

    void declareOutputs(GraphBuilder graph) {
        for (int level = 0; level < forward.size(); level++) {
            graph.output("forward." + level, forward.get(level));
            graph.output("backward." + level, backward.get(level));
        }
    }
}
