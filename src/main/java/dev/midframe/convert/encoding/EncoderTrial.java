package dev.midframe.convert.encoding;

import dev.midframe.container.PictureFormat;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.Outcome;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.PipelineException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Encodes some pictures of a film's size: drivers refuse sizes, sessions and settings that their plugins know nothing of. */
public final class EncoderTrial {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private EncoderTrial() {}

    /** Why an encoder does not work here, in one line; empty where it does. */
    public static Optional<String> failure(PictureEncoder encoder, PictureFormat film) {
        String text = "videotestsrc num-buffers=4 ! video/x-raw,format=" + encoder.interpolated() + ",width="
                + film.width() / 2 * 2 + ",height=" + film.height() / 2 * 2 + ",framerate=30/1 ! " + encoder.text()
                + " ! fakesink";
        try (MediaPipeline media = MediaPipeline.launch(PipelineDescription.of(text, Map.of()))) {
            media.play();
            return media.await(PATIENCE).map(Outcome::failure).orElse(Optional.of("it gives nothing back"));
        } catch (PipelineException e) {
            return Optional.ofNullable(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
