package dev.midframe.tensorrt.build;

import dev.midframe.support.AtomicFile;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that holds bytes under a key and is trusted only when both are whole: magic number, length of the key, key, length
 * of the bytes, SHA-256 of key and bytes, bytes; little-endian.
 */
record CacheFile(Path path, String key) {

    private static final Logger LOG = LoggerFactory.getLogger(CacheFile.class);
    private static final long MAGIC = 0x3145_4843_4143_464dL;
    private static final int DIGEST_BYTES = 32;
    private static final int LONGEST_KEY = 1 << 16;

    /** The bytes, mapped for as long as the arena lives; null when there is no such file, or it is damaged or of another key. */
    @Nullable
    MemorySegment read(Arena arena) {
        if (!Files.exists(path)) {
            return null;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer expected = head(0, new byte[DIGEST_BYTES]);
            if (channel.size() < expected.capacity()) {
                return refused("too short");
            }
            MemorySegment file = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            MemorySegment content = file.asSlice(expected.capacity());
            byte[] digest = digest(content);
            expected = head(content.byteSize(), digest);
            boolean same = file.asSlice(0, expected.capacity()).mismatch(MemorySegment.ofBuffer(expected)) < 0;
            return same ? content : refused("damaged or of another key");
        } catch (IOException | IllegalArgumentException e) {
            return refused(e.toString());
        }
    }

    /** The bytes as text, empty where there are none. */
    String text() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment content = read(arena);
            return content == null ? "" : new String(content.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        }
    }

    /** Notes that it was used, as far as the folder can be written. */
    void touch() {
        try {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
        } catch (IOException e) {
            LOG.debug("the use of {} cannot be noted: {}", path, e.toString());
        }
    }

    /** The key that stands in a file; empty where it is none of these. */
    static Optional<String> key(Path path) {
        try (DataInputStream file = new DataInputStream(Files.newInputStream(path))) {
            long magic = Long.reverseBytes(file.readLong());
            int length = Integer.reverseBytes(file.readInt());
            if (magic != MAGIC || length < 0 || length > LONGEST_KEY) {
                return Optional.empty();
            }
            return Optional.of(new String(file.readNBytes(length), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Replaces the file at once: a reader sees the old or the new one, never a part. */
    void write(MemorySegment content) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        MemorySegment head = MemorySegment.ofBuffer(head(content.byteSize(), digest(content)));
        new AtomicFile(path).write(List.of(head, content));
    }

    private @Nullable MemorySegment refused(String reason) {
        LOG.warn("{} is not used ({}): it will be made again", path, reason);
        return null;
    }

    private ByteBuffer head(long contentBytes, byte[] digest) {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + text.length + Long.BYTES + DIGEST_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(MAGIC)
                .putInt(text.length)
                .put(text)
                .putLong(contentBytes)
                .put(digest)
                .flip();
    }

    private byte[] digest(MemorySegment content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key.getBytes(StandardCharsets.UTF_8));
            for (long done = 0; done < content.byteSize(); done += 1 << 30) {
                digest.update(content.asSlice(done, Math.min(1 << 30, content.byteSize() - done))
                        .asByteBuffer());
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
