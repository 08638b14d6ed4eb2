package dev.midframe.film.model;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What surrounds the blend of {@link FilmConfig.Output#BLEND}.
 *
 * @param decoderOutput the decoder's last layer, 1x1: for each position at half the picture's size {@link Channels#FLOWS} flow
 *     corrections and then features; of a position of level 0 as many as fall on it, channel by channel (PyTorch's pixel_shuffle)
 * @param convolutions 3x3 with activation, of {@link Channels#PICTURES} channels of warped pictures and then the features
 * @param output 1x1, {@link Channels#BLEND_HEAD} channels
 * @param lucasKanade steps that the corrected flows are refined by
 */
public record BlendLayers(Kernel decoderOutput, List<Kernel> convolutions, Kernel output, int lucasKanade) {

    /** Those of a model. */
    public static BlendLayers of(FilmModel model) {
        return new BlendLayers(
                Kernel.of(model, "fuse.output_conv"),
                IntStream.range(0, model.config().finishConvs())
                        .mapToObj(index -> Kernel.of(model, "finish.convs." + index + ".0"))
                        .toList(),
                Kernel.of(model, "finish.output_conv"),
                model.config().lucasKanade());
    }

    /** Features that the decoder hands to the convolutions, in channels. */
    public int features() {
        return convolutions.getFirst().inputs() - Channels.PICTURES;
    }

    /** How many positions at half the picture's size fall on one of level 0, 1 or 4. */
    public int phases() {
        return decoderOutput.outputs() / (Channels.FLOWS + features());
    }

    /** How many positions the layers look in each direction, all together. */
    public int reach() {
        return Stream.concat(convolutions.stream(), Stream.of(output))
                .mapToInt(kernel -> kernel.size() / 2)
                .sum();
    }

    /** As {@link #phases}, in each direction. */
    public int factor() {
        return (int) Math.round(Math.sqrt(phases()));
    }
}
