package dev.midframe.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Inputs that are nearly right: pieces of right ones, cut, repeated, swapped and overwritten, the same ones in every run. Jazzer
 * looks further where it is asked to; this is what a test run can afford.
 */
public final class Mutations {
    private static final int TRIES = 1000;
    private static final long SEED = 7;
    private static final int MOST_PIECES = 12;

    private final List<byte[]> pieces;
    private final Random random = new Random(SEED);

    /** @param pieces of right inputs, one character a byte */
    public Mutations(List<String> pieces) {
        this.pieces = pieces.stream()
                .map(piece -> piece.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** Hands each input over; what is thrown ends the test and names the input's number. */
    public void forEach(Consumer<byte[]> check) {
        for (int i = 0; i < TRIES; i++) {
            byte[] input = next();
            try {
                check.accept(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("input " + i + ": " + new String(input, StandardCharsets.ISO_8859_1), e);
            }
        }
    }

    private byte[] next() {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        for (int left = random.nextInt(1, MOST_PIECES); left > 0; left--) {
            byte[] piece = pieces.get(random.nextInt(pieces.size()));
            int from = random.nextInt(8) == 0 ? random.nextInt(piece.length) : 0;
            int to = random.nextInt(8) == 0 ? random.nextInt(from, piece.length) : piece.length;
            for (int times = random.nextInt(16) == 0 ? random.nextInt(200) : 1; times > 0; times--) {
                input.write(piece, from, to - from);
            }
        }
        byte[] whole = input.toByteArray();
        for (int wrong = random.nextInt(4); wrong > 0 && whole.length > 0; wrong--) {
            whole[random.nextInt(whole.length)] = (byte) random.nextInt(256);
        }
        return whole;
    }
}
