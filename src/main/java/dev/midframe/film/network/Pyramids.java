package dev.midframe.film.network;

import dev.midframe.film.graph.Value;
import dev.midframe.film.model.FilmConfig;
import java.util.List;

/**
 * What the network makes of one picture, from fine to coarse.
 *
 * @param images R'G'B' of the fused levels; empty for {@link FilmConfig.Output#BLEND}
 * @param features of all levels, or at least of the fused ones
 */
record Pyramids(List<Value> images, List<Value> features) {

    /** What the decoder takes of a level, warped. */
    List<Value> fused(int level) {
        return images.isEmpty() ? List.of(features.get(level)) : List.of(images.get(level), features.get(level));
    }
}
