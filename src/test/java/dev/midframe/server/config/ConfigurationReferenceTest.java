package dev.midframe.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/reference/configuration.md against the parser and against config/midframe.conf. */
class ConfigurationReferenceTest {

    private static final Path PAGE = Path.of("docs/reference/configuration.md");

    /** Each block as the page names it, and a file in which it has a key that nobody knows. */
    private static final Map<String, String> BLOCKS = new LinkedHashMap<>();

    static {
        BLOCKS.put("server", "server { unknown = 1 }, streams { }");
        BLOCKS.put("server.tls", "server { tls { unknown = 1 } }, streams { }");
        BLOCKS.put("limits", "limits { unknown = 1 }, streams { }");
        BLOCKS.put("restart", "restart { unknown = 1 }, streams { }");
        BLOCKS.put("streams.NAME", "streams { a { unknown = 1 } }");
        BLOCKS.put("streams.NAME.source", "streams { a { source { unknown = 1 } } }");
    }

    @TempDir
    private Path folder;

    @Test
    void namesEveryKeyThatTheParserKnowsAndNoOther() throws IOException {
        var known = new TreeSet<String>();
        for (Map.Entry<String, String> block : BLOCKS.entrySet()) {
            for (String key : keys(block.getValue())) {
                String path = block.getKey() + "." + key;
                if (!BLOCKS.containsKey(path)) {
                    known.add(path);
                }
            }
        }
        assertThat(new TreeSet<>(documented().keySet())).isEqualTo(known);
    }

    @Test
    void givesTheDefaultsOfTheShippedFile() throws IOException {
        Config shipped = ConfigFactory.parseFile(Path.of("config/midframe.conf").toFile());
        documented().forEach((key, initial) -> {
            if (Stream.of("limits.", "restart.", "server.address", "server.port")
                    .anyMatch(key::startsWith)) {
                assertThat(initial).as(key).isEqualTo(shipped.getString(key));
            }
        });
    }

    private List<String> keys(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("test.conf"), text);
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> ServerConfig.read(file));
        String list = Pattern.compile("unknown is not known here; known are \\[(.*?)]")
                .matcher(refused.getMessage())
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(refused.getMessage()));
        return List.of(list.split(", "));
    }

    /** Rows of the page's tables: the key, with its default. */
    private static Map<String, String> documented() throws IOException {
        return Pattern.compile("(?m)^\\| `([a-zA-Z.-]+)` \\|([^|]*)\\|")
                .matcher(Files.readString(PAGE))
                .results()
                .collect(Collectors.toMap(
                        match -> match.group(1),
                        match -> match.group(2).replace("`", "").strip()));
    }
}
