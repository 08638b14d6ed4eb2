package dev.midframe.element.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.element.MidframeElement;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.testkit.AveragingInterpolator;
import dev.midframe.testkit.GeneratedPart;
import dev.midframe.testkit.TestPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PropertiesTest {

    private static final Path MANUAL = Path.of("docs", "reference", "element.md");

    @Test
    void areAllInTheManualAndNoOthers() throws IOException {
        var documented = Pattern.compile("^## `([a-z-]+)`", Pattern.MULTILINE)
                .matcher(Files.readString(MANUAL))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(
                        Properties.all().stream().map(Property::name).toList());
    }

    @Test
    void areTheTableOfTheManual() throws IOException {
        List<List<String>> rows = Properties.all().stream()
                .map(property -> List.of(
                        "[`" + property.name() + "`](#" + property.name() + ")",
                        type(property.type()),
                        range(property),
                        initial(property.type()),
                        property.blurb()))
                .toList();
        new GeneratedPart("reference/element.md")
                .is(GeneratedPart.table(List.of("property", "type", "range", "default", "meaning"), rows));
    }

    @Test
    void comeWithALineThatLaunches() throws IOException {
        MidframeElement.register(AveragingInterpolator::new, FrameObserver.NONE);
        var lines = Pattern.compile("^    ./midframe run '(.*)'$", Pattern.MULTILINE)
                .matcher(Files.readString(MANUAL))
                .results()
                .map(match -> match.group(1))
                .toList();

        for (Property<?> property : Properties.all()) {
            if (property.set() != null) {
                assertThat(lines)
                        .as(property.name())
                        .anyMatch(line -> line.matches(".* midframe [^!]*\\b" + property.name() + "=.*"));
            }
        }
        for (String line : lines) {
            new TestPipeline(line).close();
        }
    }

    @Test
    void haveTheDefaultsThatAreDeclared() {
        MidframeElement.register(AveragingInterpolator::new, FrameObserver.NONE);
        try (TestPipeline pipeline = new TestPipeline("midframe name=m ! fakesink")) {
            for (Property<?> property : Properties.all()) {
                if (!(property.type() instanceof PropertyType.FractionType
                        || property.type() instanceof PropertyType.Choice<?>)) {
                    assertThat(pipeline.element("m").property(property.name()))
                            .as(property.name())
                            .isEqualTo(pipeline.element("m").declaredDefault(property.name()));
                }
            }
        }
    }

    private static String type(PropertyType<?> type) {
        return switch (type) {
            case PropertyType.FractionType ignored -> "fraction";
            case PropertyType.Text ignored -> "string";
            case PropertyType.Choice<?> ignored -> "enum";
            case PropertyType.Number<?> number -> number.initial() instanceof Double ? "double" : "integer";
        };
    }

    private static String range(Property<?> property) {
        if (property.set() == null) {
            return "read only";
        }
        return switch (property.type()) {
            case PropertyType.FractionType ignored
            when property.name().equals("factor") -> Settings.LEAST_FACTOR + " to " + Settings.GREATEST_FACTOR;
            case PropertyType.FractionType ignored -> "above 0, to " + Settings.GREATEST_RATE;
            case PropertyType.Text ignored -> "";
            case PropertyType.Choice<?> choice ->
                Stream.of(choice.constants()).map(PropertiesTest::nick).collect(Collectors.joining(", "));
            case PropertyType.Number<?> number -> number.minimum() + " to " + number.maximum();
        };
    }

    private static String initial(PropertyType<?> type) {
        return switch (type) {
            case PropertyType.FractionType fraction -> fraction.initial().toString();
            case PropertyType.Text text -> text.initial().isEmpty() ? "none" : text.initial();
            case PropertyType.Choice<?> choice -> nick(choice.initial());
            case PropertyType.Number<?> number -> number.initial().toString();
        };
    }

    private static String nick(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
