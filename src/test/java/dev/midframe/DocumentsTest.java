package dev.midframe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between the documents, and from sources to them, lead somewhere. */
class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|^    .*?$|`[^`\\n]*`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");
    private static final Pattern MENTION = Pattern.compile("docs/[a-zA-Z0-9/_-]+\\.(?:md|jpg|png|webp)");

    /** A page of the guide is at most so many lines long: two screens. */
    private static final int LONGEST_GUIDE = 130;

    @Test
    void linksAndTheirAnchorsAreThere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            String text = Files.readString(page);
            for (String target : LINK.matcher(CODE.matcher(text).replaceAll(""))
                    .results()
                    .map(match -> match.group(1))
                    .toList()) {
                if (URI.create(target).getScheme() == null && !leadsSomewhere(page, target)) {
                    broken.add(page + ": " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void pagesThatSourcesNameAreThere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (String folder : List.of("src", "pipelines", "config", "native", "README.md", "CONTRIBUTING.md", "docs")) {
            for (Path file : files(Path.of(folder))) {
                if (file.toString().matches(".*\\.(java|gst|conf|service|js|html|md|py|c|h)")) {
                    MENTION.matcher(Files.readString(file))
                            .results()
                            .map(MatchResult::group)
                            .filter(name -> !Files.exists(Path.of(name)))
                            .forEach(name -> broken.add(file + ": " + name));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageIsReachedFromTheReadme() throws IOException {
        List<Path> reached = new ArrayList<>(List.of(Path.of("README.md")));
        for (int i = 0; i < reached.size(); i++) {
            Path page = reached.get(i);
            LINK.matcher(Files.readString(page))
                    .results()
                    .map(match -> match.group(1).replaceFirst("#.*", ""))
                    .filter(target -> target.endsWith(".md") && !target.contains("://"))
                    .map(target ->
                            Path.of("").resolve(page).resolveSibling(target).normalize())
                    .filter(target -> !reached.contains(target))
                    .distinct()
                    .forEach(reached::add);
        }
        assertThat(reached)
                .containsAll(files(Path.of("docs")).stream()
                        .filter(file -> file.toString().endsWith(".md"))
                        .toList());
    }

    @Test
    void noGuideIsLongerThanTwoScreens() throws IOException {
        Map<Path, Long> tooLong = new HashMap<>();
        for (Path page : files(Path.of("docs/guide"))) {
            long lines = Files.readAllLines(page).size();
            if (lines > LONGEST_GUIDE) {
                tooLong.put(page, lines);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String target) throws IOException {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty()
                ? page
                : Path.of("").resolve(page).resolveSibling(parts[0]).normalize();
        if (!Files.exists(file)) {
            return false;
        }
        return parts.length == 1 || anchors(Files.readString(file)).contains(parts[1]);
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(String text) {
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(text)
                .results()
                .map(match -> match.group(1)
                        .replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .strip()
                        .replace(' ', '-'))
                .map(anchor -> {
                    int before = seen.merge(anchor, 1, Integer::sum) - 1;
                    return before == 0 ? anchor : anchor + "-" + before;
                })
                .toList();
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(files(Path.of("docs")).stream()
                .filter(file -> file.toString().endsWith(".md"))
                .toList());
        Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "native/README.md", "src/train/python/README.md")
                .map(Path::of)
                .forEach(pages::add);
        return pages;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
