package dev.midframe.support;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Width and height in pixels, as users write them. */
public record FrameSize(int width, int height) {

    private static final Pattern TEXT = Pattern.compile("(\\d{2,5})x(\\d{2,5})");

    /**
     * Reads {@code 640x360}: two numbers of two to five digits.
     *
     * @throws IllegalArgumentException when the text is no size
     */
    public static FrameSize parse(String text) {
        Matcher size = TEXT.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size; write it as 640x360");
        }
        return new FrameSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
