package dev.midframe.element.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.element.MidframeElement;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.testkit.AveragingInterpolator;
import dev.midframe.testkit.TestPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
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
}
