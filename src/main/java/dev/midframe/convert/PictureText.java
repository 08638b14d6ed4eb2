package dev.midframe.convert;

import dev.midframe.container.ContainerException;
import dev.midframe.container.PictureFormat;
import dev.midframe.container.TrackKind;
import dev.midframe.convert.encoding.PictureEncoder;
import dev.midframe.convert.section.Section;
import dev.midframe.pipeline.PipelineDescription;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the pipeline that the pictures pass through.
 *
 * @param upright whether turned pictures are turned, because the output does not say that players are to do that
 * @param settings what is asked for
 * @param section empty for all of the film
 */
record PictureText(Film film, Encoding encoding, boolean upright, ConvertSettings settings, Optional<Section> section) {

    /**
     * What becomes of interpolated frames.
     *
     * @param interpolated the raw format that they are interpolated in
     * @param text elements from interpolated frames to packets
     * @param even whether width and height have to be even
     */
    record Encoding(String interpolated, String text, boolean even) {}

    /** The name of the element that decoded frames come to. */
    static final String DECODED = "decoded";

    private static final long USUAL_GAP_NANOS = 250_000_000;
    private static final double NANOS = 1e9;
    /** A film's frames may come half as late again as they do on average. */
    private static final double LATE = 1.6;

    /** For all of the film. */
    static PictureText of(Plan plan, ConvertSettings settings) {
        return of(plan, settings, Optional.empty());
    }

    static PictureText of(Plan plan, ConvertSettings settings, Optional<Section> section) {
        PictureEncoder encoder = plan.encoder();
        return new PictureText(
                plan.film(),
                new Encoding(encoder.interpolated(), encoder.text(), encoder.even()),
                !plan.container().turnsPictures(),
                settings,
                section);
    }

    /** Up to where frames are interpolated, with an end where the program takes them. */
    PipelineDescription withoutInterpolation() {
        return PipelineDescription.of(
                source() + "\n  ! queue" + preparation() + "\n  ! appsink name=packets sync=false max-buffers=2",
                Map.of("input", input()));
    }

    /** With an end where the program takes the packets. */
    PipelineDescription forProgram() {
        String end = "appsink name=packets sync=false max-buffers=64";
        return Feed.caps(film)
                .map(caps -> description(SourceText.fed(caps), end, Map.of()))
                .orElseGet(() -> description(source(), end, Map.of("input", input())));
    }

    /**
     * With an end that writes the pictures, for a person to change and run.
     *
     * @param end elements behind the encoder
     * @param variables of the end
     */
    PipelineDescription forPerson(String end, Map<String, String> variables) {
        if (film.frames().isPresent()) {
            throw new ContainerException(
                    "--print shows pipelines of files: these pictures are put into theirs by the program");
        }
        var all = new LinkedHashMap<>(variables);
        all.put("input", input());
        return description(source(), end, all);
    }

    private String input() {
        return film.file().toString();
    }

    private String source() {
        return SourceText.of(film, film.pictures())
                .orElseThrow(() -> new ContainerException(film.file() + " has " + film.count(TrackKind.VIDEO)
                        + " video tracks, which cannot be told apart in this container; copy it to .mkv first"));
    }

    private PipelineDescription description(String source, String end, Map<String, String> files) {
        var variables = new LinkedHashMap<>(files);
        variables.put("duplicates", settings.duplicates());
        variables.put("scene-change", settings.sceneChange());
        variables.put("model", settings.model());
        variables.put("backend", settings.backend());
        variables.put("rate", settings.fps().map(Object::toString).orElseGet(() -> settings.factor()
                .toString()));
        return PipelineDescription.of(
                source + "\n  ! queue name=" + DECODED + preparation() + "\n  ! midframe "
                        + (settings.fps().isPresent() ? "fps" : "factor") + "=${rate} duplicates=${duplicates}"
                        + " scene-change=${scene-change} max-gap=" + maxGap() + " model=${model} backend=${backend}"
                        + section.map(Section::properties).orElse("")
                        + "\n  ! queue\n  ! " + encoding.text().replace(" ! ", "\n  ! ") + "\n  ! " + end,
                variables);
    }

    private String preparation() {
        PictureFormat format = film.pictureFormat();
        return (format.interlaced() ? "\n  ! deinterlace mode=interlaced method=greedyh fields=top" : "")
                + crop(format)
                + "\n  ! videoconvert"
                + (format.turned() && upright
                        ? "\n  ! videoflip video-direction="
                                + format.orientation().direction()
                        : "")
                + "\n  ! video/x-raw,format=" + encoding.interpolated();
    }

    /** What has half as much chroma in each direction cannot have an odd size in every codec. */
    private String crop(PictureFormat format) {
        int right = encoding.even() ? format.width() % 2 : 0;
        int bottom = encoding.even() ? format.height() % 2 : 0;
        return right + bottom == 0 ? "" : "\n  ! videocrop right=" + right + " bottom=" + bottom;
    }

    long maxGap() {
        double rate = film.pictureFormat().rate().value();
        return rate > 0 ? Math.max(USUAL_GAP_NANOS, Math.round(LATE * NANOS / rate)) : USUAL_GAP_NANOS;
    }
}
