package dev.midframe.server.websocket;

/**
 * The format of coded pictures.
 *
 * @param codec as browsers name it: {@code avc1.42C01E}
 * @param width in pixels
 * @param height in pixels
 * @param rateNumerator frames a second, numerator; 0 when the rate varies
 * @param rateDenominator frames a second, denominator
 */
public record StreamFormat(String codec, int width, int height, int rateNumerator, int rateDenominator)
        implements MediaFormat {}
