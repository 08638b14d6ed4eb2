package dev.midframe.cli.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Random;

/**
 * The pictures of a short film with the motions that matter: hills at several speeds, a wheel that turns and rolls, a ball
 * on its curve, a still title over all of it.
 */
final class DemoFilm {

    static final int WIDTH = 640;
    static final int HEIGHT = 360;
    static final int RATE = 30;
    static final int FRAMES = 300;

    private static final double GROUND = 300;

    private final double[][] stars = stars();

    /** The picture at a time in seconds, as {@code BGR} has it. */
    byte[] at(double seconds) {
        var picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = picture.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        sky(g);
        hills(g, seconds * 40, 190, 40, 170, new Color(0x4b5d8c));
        hills(g, seconds * 90, 230, 34, 120, new Color(0x37517a));
        hills(g, seconds * 180, 265, 22, 90, new Color(0x22405a));
        fence(g, seconds * 300);
        wheel(g, seconds);
        ball(g, seconds);
        title(g);
        g.dispose();
        return ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    }

    private void sky(Graphics2D g) {
        g.setPaint(new GradientPaint(0, 0, new Color(0x1b2550), 0, 240, new Color(0xf2a06a)));
        g.fillRect(0, 0, WIDTH, HEIGHT);
        g.setColor(new Color(255, 255, 255, 170));
        for (double[] star : stars) {
            g.fill(new Ellipse2D.Double(star[0], star[1], star[2], star[2]));
        }
    }

    private static void hills(Graphics2D g, double shift, double level, double height, double length, Color color) {
        var outline = new Path2D.Double();
        outline.moveTo(0, HEIGHT);
        for (int x = 0; x <= WIDTH; x += 2) {
            double phase = (x + shift) / length;
            outline.lineTo(x, level - height * (0.6 * Math.sin(phase) + 0.4 * Math.sin(2.3 * phase + 1)));
        }
        outline.lineTo(WIDTH, HEIGHT);
        outline.closePath();
        g.setColor(color);
        g.fill(outline);
    }

    private static void fence(Graphics2D g, double shift) {
        g.setColor(new Color(0x17293a));
        g.fillRect(0, (int) GROUND, WIDTH, HEIGHT - (int) GROUND);
        g.setColor(new Color(0xd8d2c0));
        double spacing = 64;
        for (double x = -(shift % spacing); x < WIDTH + spacing; x += spacing) {
            g.fill(new Rectangle2D.Double(x, GROUND - 34, 5, 40));
        }
        g.fill(new Rectangle2D.Double(0, GROUND - 26, WIDTH, 3));
        g.fill(new Rectangle2D.Double(0, GROUND - 12, WIDTH, 3));
    }

    private static void wheel(Graphics2D g, double seconds) {
        double radius = 46;
        double x = -60 + seconds * 220 % (WIDTH + 120);
        AffineTransform before = g.getTransform();
        g.translate(x, GROUND + 22 - radius);
        g.rotate(seconds * 220 / radius);
        g.setColor(new Color(0xf4f1e8));
        g.setStroke(new BasicStroke(7));
        g.draw(new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius));
        g.setStroke(new BasicStroke(4));
        for (int spoke = 0; spoke < 5; spoke++) {
            g.rotate(Math.TAU / 5);
            g.draw(new Path2D.Double(new java.awt.geom.Line2D.Double(0, 0, 0, radius)));
        }
        g.setTransform(before);
    }

    private static void ball(Graphics2D g, double seconds) {
        double phase = seconds % 1.0;
        double y = 250 - 4 * 190 * phase * (1 - phase);
        double x = WIDTH - (80 + seconds * 150) % (WIDTH + 40);
        g.setColor(new Color(0xe4473b));
        g.fill(new Ellipse2D.Double(x, y, 34, 34));
        g.setColor(new Color(255, 255, 255, 130));
        g.fill(new Ellipse2D.Double(x + 8, y + 6, 10, 8));
    }

    private static void title(Graphics2D g) {
        g.setColor(Color.WHITE);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 26));
        g.drawString("Midframe", 24, 42);
    }

    private static double[][] stars() {
        var random = new Random(1);
        var stars = new double[60][];
        for (int i = 0; i < stars.length; i++) {
            stars[i] = new double[] {random.nextInt(WIDTH), random.nextInt(120), 1 + 1.4 * random.nextDouble()};
        }
        return stars;
    }
}
