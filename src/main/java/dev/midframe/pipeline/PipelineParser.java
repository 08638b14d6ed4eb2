package dev.midframe.pipeline;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GError;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.GstElements;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.ffi.gst.References;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Makes a GstPipeline from a description. */
final class PipelineParser {

    private static final int FATAL_ERRORS = 1;
    private static final int LONGEST = 65_536;

    /** Elements are asked for their caps through each other, and the stacks of threads end. */
    private static final int MOST_LINKS = 300;

    /**
     * Stands before every description, and is taken out of the pipeline again: GStreamer's parser ends the process where a
     * description comes to hold no element, such as {@code a. ! b.}, in its search for the first one.
     */
    private static final String GUARD = "midframe-guard";

    private final GStreamer gstreamer;
    private final GstElements elements;

    PipelineParser(GStreamer gstreamer) {
        this.gstreamer = gstreamer;
        this.elements = gstreamer.elements();
    }

    /**
     * Makes the pipeline, in state NULL.
     *
     * @throws PipelineException when the text is no pipeline, or an element or property is unknown, in one line with what to do
     */
    ObjectReference parse(PipelineDescription description) {
        refuseWhatCannotBeParsed(description);
        try (Arena arena = Arena.ofConfined();
                var references = new References(gstreamer)) {
            long error = arena.allocate(ValueLayout.JAVA_LONG).address();
            long guarded = arena.allocateFrom("( name=" + GUARD + " fakesrc ) " + description.text())
                    .address();
            long pipeline = elements.gst_parse_launch_full(guarded, 0, FATAL_ERRORS, error);
            GError reason = GError.take(gstreamer, Memory.getLong(error, 0));
            if (pipeline != 0) {
                references.own(elements.gst_object_ref_sink(pipeline));
            }
            if (pipeline == 0 || reason != null) {
                throw refused(description, reason);
            }
            long guard = arena.allocateFrom(GUARD).address();
            elements.gst_bin_remove(pipeline, references.own(elements.gst_bin_get_by_name(pipeline, guard)));
            return ObjectReference.owning(gstreamer, elements.gst_object_ref(pipeline));
        }
    }

    private static void refuseWhatCannotBeParsed(PipelineDescription description) {
        String text = description.text();
        String reason = null;
        if (text.isBlank()) {
            reason = "it is empty; name elements, for example videotestsrc ! midframe ! autovideosink";
        } else if (text.indexOf('\0') >= 0) {
            reason = "it holds a NUL character; remove it";
        } else if (text.length() > LONGEST) {
            reason = "it has " + text.length() + " characters; " + LONGEST + " are possible";
        } else if (text.chars().filter(c -> c == '!').count() > MOST_LINKS) {
            reason = "it has more than " + MOST_LINKS + " links; use fewer elements";
        } else if (text.stripLeading().startsWith("!") || text.stripLeading().startsWith(":")) {
            reason = "it begins with a link; name an element before it";
        }
        if (reason != null) {
            throw new PipelineException(description.name() + " is no pipeline: " + reason);
        }
    }

    private PipelineException refused(PipelineDescription description, @Nullable GError reason) {
        String line = description.name() + ": " + OneLine.of(reason == null ? null : reason.message());
        boolean parse = reason != null && reason.domain() == elements.gst_parse_error_quark();
        return new PipelineException(line + (parse ? remedy(reason.code()) : ""));
    }

    /** What to do about a text that GStreamer does not take, by its GstParseError. */
    private static String remedy(int code) {
        return switch (code) {
            case 0 -> "; write elements with ' ! ' between them, as for gst-launch-1.0";
            case 1 -> "; check its name, or install the GStreamer plugin that has it";
            case 2, 4 -> "; gst-inspect-1.0 lists an element's properties, docs/reference/element.md those of midframe";
            case 3, 7 -> "; put videoconvert between them";
            case 5 -> "; name an element between the brackets";
            default -> "";
        };
    }
}
