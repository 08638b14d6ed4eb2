package dev.midframe.convert;

import dev.midframe.container.ContainerException;
import dev.midframe.container.PictureFormat;
import dev.midframe.container.TrackKind;
import dev.midframe.pipeline.PipelineDescription;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the pipeline that the pictures pass through.
 *
 * @param settings what is asked for
 */
record PictureText(Plan plan, ConvertSettings settings) {

    /** The name of the element that decoded frames come to. */
    static final String DECODED = "decoded";

    private static final long USUAL_GAP_NANOS = 250_000_000;
    private static final double NANOS = 1e9;
    /** A film's frames may come half as late again as they do on average. */
    private static final double LATE = 1.6;

    /** With an end where the program takes the packets. */
    PipelineDescription forProgram() {
        String end = "appsink name=packets sync=false max-buffers=64";
        return Feed.isNeeded(plan.film())
                ? description(SourceText.fed(Feed.caps(plan.film())), end, Map.of())
                : description(source(), end, Map.of("input", input()));
    }

    /** With an end that writes the pictures into a file of their own, for a person to change and run. */
    PipelineDescription forPerson(String output) {
        return description(
                source(), "matroskamux\n  ! filesink location=${output}", Map.of("input", input(), "output", output));
    }

    private String input() {
        return plan.film().file().toString();
    }

    private String source() {
        Film film = plan.film();
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
                        + "\n  ! queue\n  ! " + plan.encoder().text().replace(" ! ", "\n  ! ") + "\n  ! " + end,
                variables);
    }

    private String preparation() {
        PictureFormat format = plan.film().pictureFormat();
        return (format.interlaced() ? "\n  ! deinterlace mode=interlaced method=greedyh fields=top" : "")
                + crop(format)
                + "\n  ! videoconvert"
                + (format.turned() && !plan.container().turnsPictures()
                        ? "\n  ! videoflip video-direction="
                                + format.orientation().direction()
                        : "")
                + "\n  ! video/x-raw,format=" + plan.encoder().interpolated();
    }

    /** What has half as much chroma in each direction cannot have an odd size in every codec. */
    private String crop(PictureFormat format) {
        int right = plan.encoder().even() ? format.width() % 2 : 0;
        int bottom = plan.encoder().even() ? format.height() % 2 : 0;
        return right + bottom == 0 ? "" : "\n  ! videocrop right=" + right + " bottom=" + bottom;
    }

    private long maxGap() {
        double rate = plan.film().pictureFormat().rate().value();
        return rate > 0 ? Math.max(USUAL_GAP_NANOS, Math.round(LATE * NANOS / rate)) : USUAL_GAP_NANOS;
    }
}
