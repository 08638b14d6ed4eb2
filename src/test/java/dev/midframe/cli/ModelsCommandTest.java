package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.film.model.FilmModels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelsCommandTest {

    private static final String ARCHIVE = "src/test/resources/import/film_fp32.pt";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private CommandLine midframe;

    @BeforeEach
    void putTheModelsIntoAFolderOfTheirOwn() {
        midframe = Midframe.commandLine();
        midframe.getCommandSpec().removeSubcommand("models");
        midframe.addSubcommand(new ModelsCommand(new FilmModels(folder)));
        midframe.setOut(new PrintWriter(out, true));
        midframe.setErr(new PrintWriter(err, true));
    }

    @Test
    void anImportedModelIsListedAndShownUntilItIsRemoved() {
        assertThat(run("import", ARCHIVE, "--name", "film")).isZero();
        assertThat(run("list")).isZero();
        assertThat(out.toString()).containsPattern("(?m)^film +yours +[0-9,]+ parameters +RGB, FILM's published form$");

        assertThat(run("show", "film")).isZero();
        assertThat(out.toString())
                .containsPattern("(?m)^film.source +TorchScript archive$")
                .containsPattern("(?m)^film.source.sha256 +[0-9a-f]{64}  film_fp32.pt$")
                .containsPattern("(?m)^filters +\\[4, 8, 16, 32]$")
                .containsPattern("(?m)^levels +7, of which the decoder takes 5$");

        assertThat(run("remove", "film")).isZero();
        assertThat(folder).isEmptyDirectory();
        assertThat(run("show", "film")).isEqualTo(1);
        assertThat(err.toString()).startsWith("midframe: there is no model film; there are ");
    }

    @Test
    void aFileThatIsNoModelFailsInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("weights.pt"), "nothing");

        assertThat(run("import", file.toString(), "--name", "film")).isEqualTo(1);
        assertThat(err.toString()).hasLineCount(1).contains("is no PyTorch archive (.pt), no SavedModel's folder");
    }

    @Test
    void aDamagedModelDoesNotHideTheOthers() throws IOException {
        assertThat(run("import", ARCHIVE, "--name", "film")).isZero();
        Files.writeString(folder.resolve("broken.safetensors"), "nothing");

        assertThat(run("list")).isZero();
        assertThat(out.toString())
                .containsPattern("(?m)^broken +yours +damaged")
                .containsPattern("(?m)^film +yours");
        assertThat(run("remove", "broken")).isZero();
    }

    @Test
    void removingWhatIsNotThereFails() {
        assertThat(run("remove", "film")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("midframe: there is no model film in " + folder + System.lineSeparator());
    }

    @Test
    void wrongCommandsExitWithTwo() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("import", ARCHIVE)).isEqualTo(2);
        assertThat(run("import", "--name", "film")).isEqualTo(2);
        assertThat(run("forget", "film")).isEqualTo(2);
    }

    @Test
    void aNameThatLeavesTheFolderIsRefused() {
        assertThat(run("import", ARCHIVE, "--name", "../film")).isEqualTo(1);
        assertThat(run("remove", "../film")).isEqualTo(1);
        assertThat(err.toString()).hasLineCount(2);
    }

    private int run(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "models";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return midframe.execute(command);
    }
}
