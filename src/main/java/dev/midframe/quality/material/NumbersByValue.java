package dev.midframe.quality.material;

import java.util.Comparator;
import java.util.regex.Pattern;

/** Orders names as people do: {@code clip2} before {@code clip10}. */
final class NumbersByValue implements Comparator<String> {

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final int DIGITS = 20;

    @Override
    public int compare(String a, String b) {
        return padded(a).compareTo(padded(b));
    }

    private static String padded(String name) {
        return NUMBER.matcher(name).replaceAll(number -> {
            String digits = number.group();
            return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
        });
    }
}
