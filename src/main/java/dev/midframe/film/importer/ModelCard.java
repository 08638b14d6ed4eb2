package dev.midframe.film.importer;

import dev.midframe.film.ModelException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/** What an imported model says of where it comes from. It stands in the weights' metadata, so the two cannot be parted. */
final class ModelCard {

    private ModelCard() {}

    /**
     * {@code film.source} is the kind of source; {@code film.source.sha256} has a line {@code DIGITS  NAME} for each of its
     * files, as sha256sum prints and checks them.
     */
    static Map<String, String> of(ForeignWeights weights) {
        String checksums = weights.files().stream()
                .map(file -> sha256(file) + "  " + file.getFileName())
                .collect(Collectors.joining("\n"));
        return Map.of("format", "pt", "film.source", weights.kind(), "film.source.sha256", checksums);
    }

    private static String sha256(Path file) {
        try (FileChannel channel = FileChannel.open(file);
                Arena arena = Arena.ofConfined()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (long done = 0; done < channel.size(); done += Integer.MAX_VALUE) {
                long size = Math.min(Integer.MAX_VALUE, channel.size() - done);
                digest.update(channel.map(FileChannel.MapMode.READ_ONLY, done, size, arena)
                        .asByteBuffer());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new ModelException("cannot read " + file + ": " + e, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
