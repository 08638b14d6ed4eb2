package dev.midframe.server.stream;

import dev.midframe.server.config.StreamConfig;
import dev.midframe.support.Redaction;
import java.nio.file.Path;

/** What failed, in words for everybody who may ask: without logins, keys and folders. */
final class PublicMessage {

    private PublicMessage() {}

    static String of(StreamConfig config, String message) {
        String named = withoutFolder(message, config.pipeline());
        return Redaction.withoutSecretsAndPaths(
                config.source() == null
                        ? named
                        : withoutFolder(named, config.source().pipeline()));
    }

    private static String withoutFolder(String message, Path file) {
        return message.replace(file.toString(), file.getFileName().toString());
    }
}
