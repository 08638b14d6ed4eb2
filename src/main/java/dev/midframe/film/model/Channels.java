package dev.midframe.film.model;

/** How many channels the stages of the network hand on to each other, and where they begin. */
public final class Channels {

    /** Both flows of a pair, x and y each: into the earlier picture, then into the later one. */
    public static final int FLOWS = 4;

    /** Luma at half the picture's size, pixel-unshuffled. */
    public static final int LUMA = 4;

    /** Cb and Cr at half the picture's size. */
    public static final int CHROMA = 2;

    /** One warped picture as the blend head's layers see it: luma, then chroma. */
    public static final int PICTURE = LUMA + CHROMA;

    /** Both of them, the earlier one first. */
    public static final int PICTURES = 2 * PICTURE;

    /** Where the mask begins among the {@link #BLEND_HEAD} channels: {@link #LUMA} channels. */
    public static final int MASK = 0;

    /** Where luma's residual begins: as many. */
    public static final int LUMA_RESIDUAL = MASK + LUMA;

    /** Where chroma's residual begins: {@link #CHROMA} channels. */
    public static final int CHROMA_RESIDUAL = LUMA_RESIDUAL + LUMA;

    /** The output of the blend head's last layer. */
    public static final int BLEND_HEAD = CHROMA_RESIDUAL + CHROMA;

    private Channels() {}
}
