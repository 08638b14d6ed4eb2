package dev.midframe.quality.report;

import dev.midframe.picture.JpegEncoding;
import dev.midframe.quality.EvaluationException;
import dev.midframe.quality.metric.Channels;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Pictures of one size side by side, a caption under each, as a small JPEG.
 *
 * @param panels from left to right, one or more
 */
record Still(List<Panel> panels) {

    /** The most columns a picture may have. */
    static final int WIDTH = 320;

    /** The most rows a picture may have. */
    static final int HEIGHT = 180;

    private static final int GAP = 4;
    private static final int STRIP = 22;
    private static final int MARGIN = 6;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Color GROUND = new Color(0x1b1b1b);
    private static final Color NAME = Color.WHITE;
    private static final Color FACTS = new Color(0xc8c8c8);

    /** A picture of much fine detail is worth less quality rather than a file that no page wants. */
    private static final int LARGEST_BYTES = 60_000;

    private static final List<Float> QUALITIES = List.of(0.85f, 0.8f, 0.75f, 0.7f, 0.6f, 0.5f);

    /**
     * One of the pictures.
     *
     * @param picture at most {@link #WIDTH} by {@link #HEIGHT} pixels, shown at its own size
     * @param name what it is; shortened where it is too long
     * @param facts what is to be known of it, short
     */
    record Panel(Channels picture, String name, String facts) {}

    /**
     * Reports early that captions could not be drawn.
     *
     * @throws EvaluationException when Java finds no font
     */
    static void check() {
        try {
            new Still(List.of(new Panel(new Channels(1, 1), "", ""))).image();
        } catch (InternalError | RuntimeException noFont) {
            throw new EvaluationException(
                    "cannot draw captions: Java finds no font; install fontconfig and fonts-dejavu-core", noFont);
        }
    }

    /** As a whole file of about 60 kB at most. */
    byte[] jpeg() {
        BufferedImage image = image();
        byte[] file = new byte[0];
        for (float quality : QUALITIES) {
            file = new JpegEncoding(quality).encode(image);
            if (file.length <= LARGEST_BYTES) {
                break;
            }
        }
        return file;
    }

    private BufferedImage image() {
        int height = panels.getFirst().picture().height();
        int width = panels.size() * (WIDTH + GAP) - GAP;
        BufferedImage image = new BufferedImage(width, height + STRIP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(FONT);
        graphics.setColor(GROUND);
        graphics.fillRect(0, 0, width, height + STRIP);
        for (int i = 0; i < panels.size(); i++) {
            draw(panels.get(i), graphics, i * (WIDTH + GAP), height);
        }
        graphics.dispose();
        return image;
    }

    private static void draw(Panel panel, Graphics2D graphics, int left, int height) {
        graphics.drawImage(
                panel.picture().image(), left + (WIDTH - panel.picture().width()) / 2, 0, null);
        FontMetrics metrics = graphics.getFontMetrics();
        int baseline = height + (STRIP - metrics.getHeight()) / 2 + metrics.getAscent();
        int factsWidth = metrics.stringWidth(panel.facts());
        graphics.setColor(FACTS);
        graphics.drawString(panel.facts(), left + WIDTH - MARGIN - factsWidth, baseline);
        graphics.setColor(NAME);
        graphics.drawString(shortened(panel.name(), WIDTH - 3 * MARGIN - factsWidth, metrics), left + MARGIN, baseline);
    }

    /** The end of a long name is what distinguishes files. */
    private static String shortened(String name, int width, FontMetrics metrics) {
        String shown = name;
        for (int cut = 1; metrics.stringWidth(shown) > width && cut <= name.length(); cut++) {
            shown = "…" + name.substring(cut);
        }
        return shown;
    }
}
