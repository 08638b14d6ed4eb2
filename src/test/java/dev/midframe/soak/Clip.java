package dev.midframe.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A film to send: H.264 in an MPEG transport stream.
 *
 * @param lasts in real time
 */
record Clip(byte[] bytes, Duration lasts) {

    /** Made by ffmpeg. */
    static Clip make(Path folder, String size, int rate, int seconds) throws IOException, InterruptedException {
        Path file = folder.resolve(size + "-" + rate + ".ts");
        List<String> command =
                List.of(("ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=size=" + size + ":rate=" + rate
                                + " -t " + seconds + " -c:v libx264 -preset veryfast -tune zerolatency -g " + rate
                                + " -f mpegts " + file)
                        .split(" "));
        int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exitCode != 0) {
            throw new IOException("ffmpeg cannot make the soak's clips: exit code " + exitCode);
        }
        return new Clip(Files.readAllBytes(file), Duration.ofSeconds(seconds));
    }
}
