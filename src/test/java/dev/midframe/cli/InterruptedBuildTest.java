package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.element.MidframeElement;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.pipeline.EngineBuild;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.Outcome;
import dev.midframe.pipeline.PipelineDescription;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person ends a run whose engine is still being built. */
@Timeout(60)
class InterruptedBuildTest {

    private static final InterpolatorFactory NEVER_READY = new InterpolatorFactory() {
        @Override
        public FrameInterpolator open(EngineRequest request) {
            throw new AssertionError("the element reports how far its engine is");
        }

        @Override
        public FrameInterpolator open(EngineRequest request, BuildListener listener) {
            listener.progress("film-slow", 0.125);
            while (!listener.cancelled()) {
                Thread.onSpinWait();
            }
            throw new InterpolationException("nobody waits for it");
        }
    };

    @BeforeAll
    static void register() {
        MidframeElement.register(NEVER_READY, FrameObserver.NONE);
    }

    @Test
    void endsAtOnceAndSaysWhatWasBeingBuilt() throws Exception {
        PipelineDescription description =
                PipelineDescription.of("videotestsrc num-buffers=5 ! midframe ! fakesink", Map.of());
        try (MediaPipeline media = MediaPipeline.launch(description)) {
            media.play();
            while (media.engineBuild().isEmpty()) {
                assertThat(media.await(Duration.ofMillis(10))).isEmpty();
            }
            assertThat(media.engineBuild()).contains(new EngineBuild("film-slow", 12));

            media.finish();

            Outcome outcome = media.await(Duration.ofSeconds(50)).orElseThrow();
            assertThat(outcome.failure()).contains("stopped before film-slow was built");
            assertThat(outcome.outputsComplete()).isFalse();
        }
    }
}
