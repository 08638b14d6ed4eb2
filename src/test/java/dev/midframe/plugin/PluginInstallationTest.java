package dev.midframe.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.plugin.PluginInstallation.State;
import dev.midframe.testkit.OtherPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginInstallationTest {

    @TempDir
    private Path home;

    @Test
    void whatIsInstalledIsTwoFilesAndIsRemovedAgain() throws IOException, InterruptedException {
        OtherPrograms.require("cc");
        PluginInstallation plugin = new InstalledPlugin(home).installation();
        assertThat(plugin.state()).isEqualTo(State.ABSENT);
        assertThat(plugin.remove()).isFalse();

        plugin.install();
        plugin.install();

        assertThat(plugin.state()).isEqualTo(State.INSTALLED);
        try (Stream<Path> files = Files.list(plugin.folder())) {
            assertThat(files).containsExactlyInAnyOrder(plugin.library(), plugin.options());
        }

        assertThat(plugin.remove()).isTrue();
        assertThat(plugin.folder()).isEmptyDirectory();
        assertThat(plugin.state()).isEqualTo(State.ABSENT);
    }

    @Test
    void aPluginOfAnotherVersionOrWithoutOptionsIsOutdated() throws IOException, InterruptedException {
        OtherPrograms.require("cc");
        PluginInstallation plugin = new InstalledPlugin(home).installation();
        plugin.install();
        var newer = new PluginInstallation(plugin.folder(), plugin.sources(), plugin.jvm(), "2.0.0");

        assertThat(newer.state()).isEqualTo(State.OUTDATED);
        Files.delete(plugin.options());
        assertThat(plugin.state()).isEqualTo(State.OUTDATED);
    }

    @Test
    void sourcesThatCannotBeCompiledInstallNothing() throws IOException {
        OtherPrograms.require("cc");
        Path sources = Files.createDirectory(home.resolve("sources"));
        Files.writeString(sources.resolve("midframe.c"), "int main(void) { return nothing; }\n");
        PluginInstallation plugin = new InstalledPlugin(home).installation();
        var broken = new PluginInstallation(plugin.folder(), sources, plugin.jvm(), plugin.version());

        assertThatThrownBy(broken::install)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the plugin cannot be compiled: ")
                .hasMessageContaining("midframe.c:1:25: error: ");
        assertThat(plugin.folder()).isEmptyDirectory();
    }

    @Test
    void whoHasNoSourcesIsToldWhereTheyAre() {
        PluginInstallation plugin = new InstalledPlugin(home).installation();
        var lost = new PluginInstallation(plugin.folder(), home.resolve("nowhere"), plugin.jvm(), plugin.version());

        assertThatThrownBy(lost::install)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("set MIDFRAME_HOME to Midframe's folder");
    }
}
