package dev.midframe.convert.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.container.Orientation;
import dev.midframe.container.PictureFormat;
import dev.midframe.container.Rational;
import dev.midframe.pipeline.PipelineException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderChoiceTest {

    private static final Set<String> ALL =
            Set.of("nvh264enc", "nvh265enc", "vah264enc", "vah265enc", "v4l2h264enc", "x264enc", "x265enc", "vp9enc");
    private static final PictureFormat FILM = new PictureFormat(
            1920,
            1080,
            "yuv420p",
            8,
            false,
            false,
            false,
            Orientation.UPRIGHT,
            new Rational(1, 1),
            new Rational(25, 1));
    private static final PictureQuality QUALITY = new PictureQuality(20, Effort.FAST);

    @ParameterizedTest
    @CsvSource({
        "AUTO, H264, false, nvh264enc",
        "AUTO, H265, true, nvh265enc",
        "AUTO, H264, true, x264enc",
        "AUTO, VP9, false, vp9enc",
        "SOFTWARE, H264, false, x264enc",
        "VA, H265, true, vah265enc",
        "V4L2, H264, false, v4l2h264enc"
    })
    void hardwareIsChosenWhereItEncodesThat(EncoderKind kind, Codec codec, boolean ten, String element) {
        var choice = new EncoderChoice(ALL::contains, encoder -> Optional.empty());
        var chosen = choice.choose(kind, codec, ten, FILM, QUALITY);
        assertThat(chosen.encoder().element()).isEqualTo(element);
        assertThat(chosen.encoder().text()).contains(element + " ");
        assertThat(chosen.notes()).isEmpty();
    }

    @Test
    void hardwareThatDoesNotWorkIsPassedOverAndThatIsSaid() {
        var choice = new EncoderChoice(
                ALL::contains,
                encoder -> encoder.element().startsWith("nv") ? Optional.of("no session is left") : Optional.empty());
        var chosen = choice.choose(EncoderKind.AUTO, Codec.H264, false, FILM, QUALITY);
        assertThat(chosen.encoder().element()).isEqualTo("vah264enc");
        assertThat(chosen.notes()).containsExactly("nvh264enc does not work here: no session is left");
        assertThatThrownBy(() -> choice.choose(EncoderKind.NVENC, Codec.H264, false, FILM, QUALITY))
                .isInstanceOf(PipelineException.class)
                .hasMessage("--encoder nvenc: nvh264enc does not work here: no session is left; leave --encoder out for"
                        + " what is there");
    }

    @Test
    void whatIsAskedForAndAbsentIsRefused() {
        var choice = new EncoderChoice("x264enc"::equals, encoder -> Optional.empty());
        assertThat(choice.choose(EncoderKind.AUTO, Codec.H264, false, FILM, QUALITY)
                        .encoder()
                        .element())
                .isEqualTo("x264enc");
        assertThatThrownBy(() -> choice.choose(EncoderKind.VA, Codec.H264, false, FILM, QUALITY))
                .hasMessageContaining("--encoder va: GStreamer has found no such hardware here (no vah264enc)");
        assertThatThrownBy(() -> choice.choose(EncoderKind.V4L2, Codec.PRORES, false, FILM, QUALITY))
                .hasMessageContaining("--encoder v4l2: it does not encode prores");
        assertThatThrownBy(() -> choice.choose(EncoderKind.AUTO, Codec.H265, false, FILM, QUALITY))
                .hasMessageContaining("GStreamer's x265enc is not installed here");
    }

    @Test
    void trialTellsWhetherAnEncoderWorksAndWhyNot() {
        PictureEncoder working = PictureEncoder.of(Codec.H264, false, QUALITY);
        assertThat(EncoderTrial.failure(working, FILM)).isEmpty();
        var broken = new PictureEncoder(
                Codec.H264, "x264enc", "I420", "x264enc ! video/x-h264,width=3", "yuv420p", "", true);
        assertThat(EncoderTrial.failure(broken, FILM))
                .hasValueSatisfying(reason -> assertThat(reason).isNotBlank().doesNotContain("\n"));
    }
}
