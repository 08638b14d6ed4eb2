package dev.midframe.film.network;

import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.Picture;

/**
 * What a pair needs of one frame.
 *
 * @param picture the padded planes
 * @param pyramids what the network made of them
 */
record FrameFeatures(Picture picture, Pyramids pyramids) {

    void declareOutputs(GraphBuilder graph) {
        graph.output("y", picture.luma());
        graph.output("c", picture.chroma());
        for (int level = 0; level < pyramids.images().size(); level++) {
            graph.output("image." + level, pyramids.images().get(level));
        }
        for (int level = 0; level < pyramids.features().size(); level++) {
            graph.output("features." + level, pyramids.features().get(level));
        }
    }
}
