package dev.midframe.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * JPEG files of pictures in Java's memory.
 *
 * @param quality 0 (smallest) to 1 (nearest to the picture)
 */
public record JpegEncoding(float quality) {

    /**
     * The picture as a whole JPEG file.
     *
     * @param image without transparency
     * @throws PictureException when Java has no encoder for such a picture
     */
    public byte[] encode(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality);
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), settings);
        } catch (IOException impossible) {
            throw new PictureException("cannot encode as jpeg: " + impossible.getMessage(), impossible);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
