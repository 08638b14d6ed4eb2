package dev.midframe.quality.report;

import dev.midframe.quality.metric.Channels;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** A picture small enough to stand in a page. */
final class Thumbnail {

    /** How many times differences are enlarged, to be seen. */
    static final int DIFFERENCE_GAIN = 4;

    private static final int WIDTH = 320;

    private final BufferedImage image;

    private Thumbnail(BufferedImage image) {
        this.image = image;
    }

    static Thumbnail of(Channels picture) {
        return new Thumbnail(scaled(picture.image()));
    }

    static Thumbnail ofDifference(Channels a, Channels b) {
        BufferedImage image = new BufferedImage(a.width(), a.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < a.red().length; i++) {
            set(
                    image,
                    i,
                    difference(a.red(), b.red(), i),
                    difference(a.green(), b.green(), i),
                    difference(a.blue(), b.blue(), i));
        }
        return new Thumbnail(scaled(image));
    }

    /** A PNG inside a URI. */
    String dataUri() {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    private static void set(BufferedImage image, int i, int red, int green, int blue) {
        image.setRGB(i % image.getWidth(), i / image.getWidth(), red << 16 | green << 8 | blue);
    }

    private static int difference(byte[] a, byte[] b, int i) {
        return Math.min(255, DIFFERENCE_GAIN * Math.abs((a[i] & 0xff) - (b[i] & 0xff)));
    }

    private static BufferedImage scaled(BufferedImage image) {
        if (image.getWidth() <= WIDTH) {
            return image;
        }
        int height = Math.max(1, Math.round((float) image.getHeight() * WIDTH / image.getWidth()));
        BufferedImage small = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.drawImage(image.getScaledInstance(WIDTH, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        graphics.dispose();
        return small;
    }
}
