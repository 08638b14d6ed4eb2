package dev.midframe.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key that sessions are signed with (HMAC-SHA256). It is never printed. */
public final class SessionKey {
    private static final Logger log = LoggerFactory.getLogger(SessionKey.class);
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    private final byte[] key;

    private SessionKey(byte[] key) {
        this.key = key;
    }

    /** A key for this run alone. */
    public static SessionKey random() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return new SessionKey(key);
    }

    /**
     * The key in a file that only its owner can read, made at the first call, so that sessions outlive the process. Where the
     * file cannot be had, one for this run, with a line in the log.
     */
    public static SessionKey in(Path file) {
        try {
            if (Files.notExists(file)) {
                create(file);
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length == BYTES) {
                return new SessionKey(key);
            }
            log.warn(
                    "{} is no key of {} bytes; remove it. Until then pages lose their session at a restart",
                    file,
                    BYTES);
        } catch (IOException e) {
            log.warn("the key of sessions cannot be kept in {} ({}): pages lose their session at a restart", file, e);
        }
        return random();
    }

    private static void create(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (var channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(ByteBuffer.wrap(random().key));
        } catch (FileAlreadyExistsException e) {
            // Another server was faster; its key is as good.
        }
    }

    /** A signature in hexadecimal digits. */
    String sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "SessionKey[hidden]";
    }
}
