package dev.midframe.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What a compiled plugin was made from. */
final class SourceDigest {

    private SourceDigest() {}

    /** SHA-256, in hexadecimal digits, of the files of a folder and the version. */
    static String of(Path sources, String version) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(version.getBytes(StandardCharsets.UTF_8));
            for (Path file : files(sources)) {
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static List<Path> files(Path sources) throws IOException {
        try (Stream<Path> files = Files.list(sources)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new IOException(
                    "there are no plugin sources in " + sources
                            + "; run ./midframe, or set MIDFRAME_HOME to Midframe's folder",
                    e);
        }
    }
}
