package dev.midframe.film.graph;

/**
 * A padded picture in Y'CbCr.
 *
 * @param luma [1,1,H,W], nominally 0 to 1
 * @param chroma [1,2,h,w], Cb and Cr, nominally -0.5 to 0.5; each side is the luma's or half of it
 */
public record Picture(Value luma, Value chroma) {

    /** Luma rows a chroma row, 1 or 2. */
    public int subsamplingY() {
        return luma.height() / chroma.height();
    }

    /** Luma columns a chroma column, 1 or 2. */
    public int subsamplingX() {
        return luma.width() / chroma.width();
    }
}
