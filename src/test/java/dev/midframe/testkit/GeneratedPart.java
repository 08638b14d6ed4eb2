package dev.midframe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What stands in a page of docs/ between {@code <!-- generated -->} and {@code <!-- end of generated -->}: it is made from the
 * code. {@code ./midframe test -Dtest=…ReferenceTest -Ddocuments.write=true} writes it anew.
 */
public final class GeneratedPart {

    private static final String BEGIN = "<!-- generated -->\n";
    private static final String END = "<!-- end of generated -->\n";

    private final Path page;

    /** @param page relative to docs/ */
    public GeneratedPart(String page) {
        this.page = Path.of("docs").resolve(page);
    }

    /** That the page has what the code says; or writes it. */
    public void is(String generated) throws IOException {
        String text = Files.readString(page);
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        assertThat(from).as(BEGIN.strip() + " in " + page).isNotNegative();
        assertThat(to).as(END.strip() + " in " + page).isGreaterThan(from);
        if (Boolean.getBoolean("documents.write")) {
            Files.writeString(page, text.substring(0, from) + BEGIN + "\n" + generated + "\n" + text.substring(to));
            return;
        }
        assertThat(text.substring(from + BEGIN.length(), to).strip())
                .as(page + "; -Ddocuments.write=true writes it anew")
                .isEqualTo(generated.strip());
    }

    /** A table in Markdown. */
    public static String table(List<String> headings, Collection<List<String>> rows) {
        String lines = rows.stream().map(GeneratedPart::row).collect(Collectors.joining());
        return row(headings) + "|" + "---|".repeat(headings.size()) + "\n" + lines;
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|").replaceAll("\\s+", " ").strip())
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
