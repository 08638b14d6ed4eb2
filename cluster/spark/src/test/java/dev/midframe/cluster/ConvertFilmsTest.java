package dev.midframe.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark in this process, midframe and ffmpeg as they are installed: films of a folder become films. */
class ConvertFilmsTest {

    private static final String MIDFRAME =
            Path.of("../../midframe").toAbsolutePath().normalize().toString();

    private static JavaSparkContext spark;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        spark = new JavaSparkContext(new SparkConf()
                .setMaster("local[2,8]")
                .setAppName("test")
                .set("spark.ui.enabled", "false"));
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as("%s: %s", Arrays.asList(command), output).isZero();
        return output;
    }

    private Path film(String name, String seconds) throws IOException, InterruptedException {
        Path films = Files.createDirectories(folder.resolve("films"));
        Path film = films.resolve(name);
        run(
                "ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i",
                "testsrc2=size=64x48:rate=12:duration=" + seconds, "-c:v", "libx264", film.toString());
        return film;
    }

    private static String pictures(Path film) throws IOException, InterruptedException {
        return run("ffmpeg", "-nostdin", "-v", "error", "-i", film.toString(), "-f", "framemd5", "-");
    }

    private int convert(String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "--midframe", MIDFRAME, folder.resolve("films").toString(), folder.resolve("out").toString()));
        words.addAll(Arrays.asList(more));
        Options options = Options.of(words);
        return new ConvertFilms(spark, options).run(FilmList.of(options.inputs()));
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
    }

    @Test
    void everyFilmBecomesTheFilmThatOneMachineMakes() throws Exception {
        Path film = film("long.mp4", "20");
        film("short.mkv", "2");
        Files.writeString(folder.resolve("films/broken.mp4"), "no film");

        int failed = convert("--", "--part-length", "8", "--codec", "h264", "--quality", "0");

        assertThat(failed).isEqualTo(1);
        assertThat(report()).hasSize(3);
        assertThat(report().get(0).get("outcome").asText()).isEqualTo("failed");
        assertThat(report().get(0).get("error").asText()).contains("broken.mp4");
        assertThat(report().get(1).get("outcome").asText()).isEqualTo("converted");
        assertThat(folder.resolve("out/short.mkv")).exists();
        assertThat(folder.resolve("out/long.mp4.parts")).doesNotExist();

        Path plan = Files.writeString(folder.resolve("one.json"), one(film));
        run(MIDFRAME, "part", plan.toString(), "0");
        run(MIDFRAME, "join", plan.toString());
        assertThat(pictures(folder.resolve("out/long.mp4"))).isEqualTo(pictures(folder.resolve("one.mp4")));

        assertThat(convert()).isEqualTo(1);
        assertThat(report().get(1).get("outcome").asText()).isEqualTo("there already");
    }

    private String one(Path film) throws IOException, InterruptedException {
        Process plan = new ProcessBuilder(
                        MIDFRAME, "plan", film.toString(), "-o", folder.resolve("one.mp4").toString(),
                        "--part-length", "1000", "--codec", "h264", "--quality", "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String json = new String(plan.getInputStream().readAllBytes());
        assertThat(plan.waitFor()).isZero();
        return json;
    }
}
