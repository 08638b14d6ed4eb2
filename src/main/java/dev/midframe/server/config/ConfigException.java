package dev.midframe.server.config;

import java.util.List;

/** A configuration that cannot be used. The message has one line a complaint, each with file and line. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(List<String> complaints) {
        super(String.join("\n", complaints));
    }
}
