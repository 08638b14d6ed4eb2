package dev.midframe.onnx.kernels.sampling;

/** Bilinear sampling of a plane, one position at a time, clamped to the border. */
public final class Bilinear {

    private Bilinear() {}

    public static float sample(float[] plane, int width, int height, float x, float y) {
        float toX = Math.min(Math.max(x, 0), width - 1);
        float toY = Math.min(Math.max(y, 0), height - 1);
        // NaN becomes position 0.
        int left = (int) toX;
        int top = (int) toY;
        int nearest = top * width + left;
        int right = left < width - 1 ? 1 : 0;
        int below = nearest + (top < height - 1 ? width : 0);
        float share = toX - left;
        float upper = plane[nearest] + share * (plane[nearest + right] - plane[nearest]);
        float lower = plane[below] + share * (plane[below + right] - plane[below]);
        return upper + (toY - top) * (lower - upper);
    }
}
