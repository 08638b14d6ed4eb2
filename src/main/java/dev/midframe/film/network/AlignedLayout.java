package dev.midframe.film.network;

import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmConfig.Output;
import dev.midframe.film.model.Kernel;
import java.util.stream.IntStream;

/**
 * How features and the decoder's inputs lie where kernels of our own warp them: channels in multiples of eight, so that
 * whole vectors are moved, and what is joined in multiples of sixteen, as tensor cores take them. What is added is zero.
 */
record AlignedLayout(FilmConfig config) {

    /** Channels that go together. */
    static final int GROUP = 8;

    /** What follows the warped features: both images, toFirst and toSecond, x and y each, zeros. */
    static final int TAIL = 16;

    private static final int COLOURS = 3;

    /** Channels of a level's features as they are stored. */
    int features(int level) {
        return Math.ceilDiv(config.featureChannels(level), GROUP) * GROUP;
    }

    /** Channels of a level's decoder input: warped features of the earlier and the later picture, then the tail. */
    int fusion(int level) {
        return 2 * features(level) + TAIL;
    }

    /** Which of the network's features each stored channel is. */
    int[] featureOrder(int level) {
        return IntStream.range(0, features(level))
                .map(channel -> channel < config.featureChannels(level) ? channel : Kernel.NOTHING)
                .toArray();
    }

    /** Which of the network's decoder inputs each stored channel is: in its order images come before features. */
    int[] fusionOrder(int level) {
        int images = config.output() == Output.RGB ? COLOURS : 0;
        int side = images + config.featureChannels(level);
        int stored = features(level);
        return IntStream.range(0, fusion(level))
                .map(channel -> {
                    if (channel < 2 * stored) {
                        int feature = channel % stored;
                        return feature < side - images ? channel / stored * side + images + feature : Kernel.NOTHING;
                    }
                    int tail = channel - 2 * stored;
                    int flow = tail - 2 * COLOURS;
                    if (flow >= 0) {
                        return flow < 4 ? 2 * side + flow : Kernel.NOTHING;
                    }
                    return tail % COLOURS < images ? tail / COLOURS * side + tail % COLOURS : Kernel.NOTHING;
                })
                .toArray();
    }
}
