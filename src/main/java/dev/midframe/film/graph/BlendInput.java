package dev.midframe.film.graph;

import dev.midframe.film.model.BlendLayers;

/**
 * What a blend head makes a picture of.
 *
 * @param layers of the network, with their weights
 * @param first the earlier picture
 * @param second the later picture
 * @param toFirst [1,2,h,w] flow of level 0 into the earlier picture, in pixels of level 0, channel 0 = x, channel 1 = y
 * @param toSecond into the later one
 * @param decoded the decoder's features at level 0, before {@link BlendLayers#decoderOutput}
 * @param time [1] of the picture, 0 being the earlier one and 1 the later
 */
public record BlendInput(
        BlendLayers layers, Picture first, Picture second, Value toFirst, Value toSecond, Value decoded, Value time) {

    /** How many times larger half the picture's size is, in each direction, than the decoder's output: 1 or 2. */
    public int reduction() {
        return first.luma().height() / (2 * layers.factor() * decoded.height());
    }
}
