package dev.midframe.cli.convert;

import dev.midframe.cadence.Ratio;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a rate or a factor as people write it: {@code 60}, {@code 60000/1001}, {@code 59.94}, {@code 2x}. */
final class Rates implements ITypeConverter<Ratio> {

    private static final Pattern FRACTION = Pattern.compile("(\\d{1,9})/(\\d{1,9})");
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,6}(\\.\\d{1,3})?x?");

    /** Television's rates are by a thousandth lower than they are called, and written with two digits or three. */
    private static final int[] TELEVISION = {24, 30, 48, 60, 72, 90, 96, 120, 144, 240};

    private static final double AS_WRITTEN = 0.006;

    @Override
    public Ratio convert(String text) {
        try {
            var fraction = FRACTION.matcher(text);
            if (fraction.matches()) {
                return new Ratio(Integer.parseInt(fraction.group(1)), Integer.parseInt(fraction.group(2)));
            }
            if (DECIMAL.matcher(text).matches()) {
                return decimal(new BigDecimal(text.replace("x", "")));
            }
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not above 0");
        }
        throw new TypeConversionException("'" + text + "' is no number; write 60, 59.94 or 60000/1001");
    }

    private static Ratio decimal(BigDecimal value) {
        if (value.stripTrailingZeros().scale() > 0) {
            for (int rate : TELEVISION) {
                if (Math.abs(value.doubleValue() - rate * 1000 / 1001.0) < AS_WRITTEN) {
                    return new Ratio(rate * 1000, 1001);
                }
            }
        }
        return new Ratio(value.movePointRight(3).intValueExact(), 1000);
    }
}
