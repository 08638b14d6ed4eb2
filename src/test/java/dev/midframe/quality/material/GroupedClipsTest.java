package dev.midframe.quality.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.quality.EvaluationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupedClipsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void writeManifest() throws IOException {
        Files.createDirectories(folder.resolve("clips/a"));
        for (String clip : List.of("a/one.mp4", "a/two.mp4", "three.mkv", "unnamed.mp4")) {
            Files.writeString(folder.resolve("clips").resolve(clip), "");
        }
        Files.writeString(folder.resolve("manifest.json"), """
                [{"file": "clips/a/one.mp4", "group": "kitchen"}, {"file": "clips/a/two.mp4", "group": "kitchen"},
                 {"file": "clips/three.mkv", "group": "sea"}, {"file": "clips/gone.mp4", "group": "gone"}]
                """);
    }

    @Test
    void allThatTheManifestNamesIsMeasuredFromTheFolderOrItsClips() {
        assertThat(groups(folder, "all").values()).containsExactly("kitchen", "kitchen", "sea");
        assertThat(groups(folder.resolve("clips"), "all"))
                .isEqualTo(Map.of("a/one.mp4", "kitchen", "a/two.mp4", "kitchen", "three.mkv", "sea"));
    }

    @Test
    void namedGroupsAloneAreMeasured() {
        GroupedClips clips = GroupedClips.of(List.of(folder), OptionalInt.empty(), List.of("sea"));

        assertThat(clips.sequences()).extracting(Sequence::name).containsExactly("clips/three.mkv");
    }

    @Test
    void aGroupThatIsNotThereIsNamedBesideThoseThatAre() {
        assertThatThrownBy(() -> groups(folder, "sea", "forest"))
                .isInstanceOf(EvaluationException.class)
                .hasMessageEndingWith("manifest.json has no group forest; it has kitchen, sea");
        assertThatThrownBy(() -> groups(folder, "validation"))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("has no group bridge, ");
    }

    @Test
    void withoutAManifestThereAreNoGroups() throws IOException {
        Files.delete(folder.resolve("manifest.json"));

        assertThatThrownBy(() -> groups(folder.resolve("clips"), "all"))
                .isInstanceOf(EvaluationException.class)
                .hasMessageStartingWith("no manifest.json in ");
    }

    @Test
    void twentyGroupsAreSetAsideForValidation() {
        assertThat(ClipGroups.validation()).hasSize(20).doesNotHaveDuplicates().contains("bridge", "mei_keyboard");
    }

    private static Map<String, String> groups(Path folder, String... wanted) {
        return GroupedClips.of(List.of(folder), OptionalInt.empty(), List.of(wanted))
                .groups();
    }
}
