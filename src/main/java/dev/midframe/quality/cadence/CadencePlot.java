package dev.midframe.quality.cadence;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;

/** Draws every interval of a file over time: a level row of dots is an even cadence. */
final class CadencePlot {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 40;
    private static final int BOTTOM = 40;
    private static final Color INK = new Color(0x33, 0x33, 0x33);
    private static final Color LINES = new Color(0xdd, 0xdd, 0xdd);
    private static final Color MOTION = new Color(0x2b, 0x7d, 0xe9);
    private static final Color REPEAT = new Color(0xe0, 0x7b, 0x00);
    private static final Color CUT = new Color(0xc0, 0x39, 0x2b);

    private final CadenceReport report;
    private final double topMillis;
    private final double seconds;

    CadencePlot(CadenceReport report) {
        this.report = report;
        topMillis = Math.max(1, report.intervals().longest() / 1e6 * 1.1);
        long[] times = report.timesNanos();
        double shown = times.length < 2 ? 0 : (times[times.length - 1] - times[0]) / 1e9;
        seconds = shown > 0 ? shown : 1;
    }

    byte[] png() throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        drawScales(graphics);
        drawCuts(graphics);
        drawIntervals(graphics);
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    private void drawScales(Graphics2D graphics) {
        double millisStep = step(topMillis, 5);
        for (double millis = 0; millis <= topMillis; millis += millisStep) {
            int y = y(millis);
            graphics.setColor(LINES);
            graphics.drawLine(LEFT, y, WIDTH - RIGHT, y);
            graphics.setColor(INK);
            label(graphics, number(millis) + " ms", 8, y + 4);
        }
        double secondsStep = step(seconds, 10);
        for (double second = 0; second <= seconds; second += secondsStep) {
            int x = x(second);
            graphics.setColor(LINES);
            graphics.drawLine(x, TOP, x, HEIGHT - BOTTOM);
            graphics.setColor(INK);
            label(graphics, number(second) + " s", x - 8, HEIGHT - BOTTOM + 20);
        }
        label(graphics, report.file() + ": time from each frame to the next", LEFT, 20);
        legend(graphics);
    }

    private void legend(Graphics2D graphics) {
        int x = WIDTH - 280;
        for (var entry : List.of(new Legend("motion", MOTION), new Legend("repeat", REPEAT), new Legend("cut", CUT))) {
            graphics.setColor(entry.color());
            graphics.fillOval(x, 12, 8, 8);
            label(graphics, entry.name(), x + 14, 20);
            x += 90;
        }
    }

    private record Legend(String name, Color color) {}

    private void drawCuts(Graphics2D graphics) {
        graphics.setColor(CUT);
        for (int frame : report.cuts()) {
            int x = x(second(frame));
            graphics.drawLine(x, TOP, x, HEIGHT - BOTTOM);
        }
    }

    private void drawIntervals(Graphics2D graphics) {
        Set<Integer> repeats = new HashSet<>(report.repeats());
        long[] times = report.timesNanos();
        for (int frame = 1; frame < times.length; frame++) {
            graphics.setColor(repeats.contains(frame) ? REPEAT : MOTION);
            int y = y((times[frame] - times[frame - 1]) / 1e6);
            graphics.fillOval(x(second(frame)) - 2, y - 2, 5, 5);
        }
    }

    private double second(int frame) {
        return (report.timesNanos()[frame] - report.timesNanos()[0]) / 1e9;
    }

    private int x(double second) {
        return LEFT + (int) Math.round(second / seconds * (WIDTH - LEFT - RIGHT));
    }

    private int y(double millis) {
        return HEIGHT - BOTTOM - (int) Math.round(millis / topMillis * (HEIGHT - TOP - BOTTOM));
    }

    /** 1, 2 or 5 times a power of ten, so that there are about {@code lines} of them. */
    private static double step(double range, int lines) {
        double power = Math.pow(10, Math.floor(Math.log10(range / lines)));
        double rest = range / lines / power;
        return power * (rest <= 1 ? 1 : rest <= 2 ? 2 : rest <= 5 ? 5 : 10);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value)
                .replaceAll("(\\.\\d*?)0+$", "$1")
                .replaceAll("\\.$", "");
    }

    /** A machine without any font gets a plot without words. */
    private static void label(Graphics2D graphics, String text, int x, int y) {
        try {
            graphics.drawString(text, x, y);
        } catch (RuntimeException | LinkageError noFonts) {
            // The text report has all figures.
        }
    }
}
