package dev.midframe.server.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException.BadValue;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One object of the file: gives checked values, and writes down a complaint with file and line for each that is wrong. */
final class ConfigSection {
    private final Path file;
    private final String path;
    private final Config config;
    private final ConfigOrigin origin;
    private final List<String> complaints;
    private final Set<String> known = new HashSet<>();

    ConfigSection(Path file, String path, Config config, ConfigOrigin origin, List<String> complaints) {
        this.file = file;
        this.path = path;
        this.config = config;
        this.origin = origin;
        this.complaints = complaints;
    }

    int whole(String key, int fallback, int least, int most) {
        return value(key, fallback, p -> {
            int number = config.getInt(p);
            if (number < least || number > most) {
                throw new IllegalArgumentException("is " + number + ", must be " + least + " to " + most);
            }
            return number;
        });
    }

    int bytes(String key, int fallback, int least, int most) {
        return value(key, fallback, p -> {
            long bytes = config.getBytes(p);
            if (bytes < least || bytes > most) {
                throw new IllegalArgumentException("is " + bytes + " bytes, must be " + least + " to " + most);
            }
            return (int) bytes;
        });
    }

    Duration duration(String key, Duration fallback) {
        return value(key, fallback, p -> {
            Duration duration = config.getDuration(p);
            if (duration.isNegative() || duration.isZero() || duration.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("must be more than 0 and at most 1h, such as 500ms");
            }
            return duration;
        });
    }

    boolean flag(String key, boolean fallback) {
        return value(key, fallback, config::getBoolean);
    }

    @Nullable
    String text(String key) {
        return value(key, null, config::getString);
    }

    String text(String key, String fallback) {
        return value(key, fallback, config::getString);
    }

    Set<String> texts(String key) {
        return value(key, Set.of(), p -> Set.copyOf(config.getStringList(p)));
    }

    /** An existing, readable file, relative to the folder of the configuration. Null with a complaint otherwise. */
    @Nullable
    Path readable(String key) {
        Path found = value(key, null, p -> {
            Path resolved = file.toAbsolutePath()
                    .getParent()
                    .resolve(config.getString(p))
                    .normalize();
            if (!Files.isRegularFile(resolved) || !Files.isReadable(resolved)) {
                throw new IllegalArgumentException(
                        "there is no readable file " + resolved + "; a path is relative to the configuration's folder");
            }
            return resolved;
        });
        if (!config.hasPath(key)) {
            complain(origin, key, "is missing");
        }
        return found;
    }

    /** Names with plain values, in the order of the file's text. */
    Map<String, String> values(String key) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, ConfigValue> entry : entries(key)) {
            switch (entry.getValue().valueType()) {
                case STRING, NUMBER, BOOLEAN ->
                    values.put(entry.getKey(), String.valueOf(entry.getValue().unwrapped()));
                default -> complain(entry.getValue().origin(), key + "." + entry.getKey(), "must be a plain value");
            }
        }
        return values;
    }

    /** The objects below a key, by name. */
    Map<String, ConfigSection> sections(String key) {
        Map<String, ConfigSection> sections = new LinkedHashMap<>();
        for (Map.Entry<String, ConfigValue> entry : entries(key)) {
            String name = key + "." + entry.getKey();
            if (entry.getValue() instanceof ConfigObject object) {
                sections.put(
                        entry.getKey(),
                        new ConfigSection(file, dotted(name), object.toConfig(), object.origin(), complaints));
            } else {
                complain(entry.getValue().origin(), name, "must be a block { ... }");
            }
        }
        return sections;
    }

    /** The object at a key; an empty one when it is absent or wrong. */
    ConfigSection section(String key) {
        Config empty = ConfigFactory.empty();
        Config inner = value(key, empty, config::getConfig);
        ConfigOrigin at = config.hasPath(key) ? config.getValue(key).origin() : origin;
        return new ConfigSection(file, dotted(key), inner, at, complaints);
    }

    boolean has(String key) {
        return config.hasPath(key);
    }

    /** Complains about every key that nobody asked for: a mistyped limit must not be silently absent. */
    void refuseUnknown() {
        for (Map.Entry<String, ConfigValue> entry : config.root().entrySet()) {
            if (!known.contains(entry.getKey())) {
                complain(entry.getValue().origin(), entry.getKey(), "is not known here; known are " + sorted());
            }
        }
    }

    void complain(String key, String complaint) {
        complain(config.hasPath(key) ? config.getValue(key).origin() : origin, key, complaint);
    }

    private Set<Map.Entry<String, ConfigValue>> entries(String key) {
        known.add(key);
        if (!config.hasPath(key)) {
            return Set.of();
        }
        Map<String, ConfigValue> inLineOrder = new LinkedHashMap<>();
        Config inner = value(key, ConfigFactory.empty(), config::getConfig);
        inner.root().entrySet().stream()
                .sorted(Map.Entry.comparingByValue((a, b) ->
                        Integer.compare(a.origin().lineNumber(), b.origin().lineNumber())))
                .forEach(entry -> inLineOrder.put(entry.getKey(), entry.getValue()));
        return inLineOrder.entrySet();
    }

    private <T extends @Nullable Object> T value(String key, T fallback, Function<String, T> read) {
        known.add(key);
        if (!config.hasPath(key)) {
            return fallback;
        }
        try {
            return read.apply(ConfigUtil.joinPath(key));
        } catch (com.typesafe.config.ConfigException.WrongType | BadValue e) {
            complain(key, withoutOrigin(e));
        } catch (IllegalArgumentException e) {
            complain(key, String.valueOf(e.getMessage()));
        }
        return fallback;
    }

    private void complain(ConfigOrigin at, String key, String complaint) {
        int line = at.lineNumber();
        complaints.add(file + (line > 0 ? ":" + line : "") + ": " + dotted(key) + " " + complaint);
    }

    private String dotted(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private List<String> sorted() {
        return known.stream().sorted().toList();
    }

    private static String withoutOrigin(Exception e) {
        String message = String.valueOf(e.getMessage());
        int type = message.indexOf("has type ");
        return type >= 0
                ? message.substring(type)
                : "cannot be read: " + message.substring(message.lastIndexOf(": ") + 2);
    }
}
