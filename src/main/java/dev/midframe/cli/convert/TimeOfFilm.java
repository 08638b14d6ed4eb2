package dev.midframe.cli.convert;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time in a film as people write it: {@code 90}, {@code 1:30}, {@code 0:01:30.5}. */
final class TimeOfFilm implements ITypeConverter<Duration> {

    private static final Pattern TIME = Pattern.compile("(?:(?:(\\d{1,4}):)?(\\d{1,4}):)?(\\d{1,7}(?:\\.\\d{1,9})?)");

    @Override
    public Duration convert(String text) {
        var time = TIME.matcher(text);
        if (!time.matches()) {
            throw new TypeConversionException("'" + text + "' is no time; write 90, 1:30 or 0:01:30.5");
        }
        return Duration.ofHours(number(time.group(1)))
                .plusMinutes(number(time.group(2)))
                .plusNanos(new BigDecimal(time.group(3)).movePointRight(9).longValueExact());
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
