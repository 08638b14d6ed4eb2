package dev.midframe.pipeline;

import dev.midframe.testkit.ResidentMemory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** A program that launches each of many wrong descriptions many times and says what the errors were and how it grew. */
final class WrongDescriptions {

    static final int TIMES = 200;

    private WrongDescriptions() {}

    /** Descriptions by what is wrong with them. */
    static Map<String, String> all() {
        var texts = new LinkedHashMap<String, String>();
        texts.put("unknown element", "videotestsrc ! nosuchthing ! fakesink");
        texts.put("unknown property", "videotestsrc colour=1 ! fakesink");
        texts.put("unknown value", "videotestsrc pattern=plaid ! fakesink");
        texts.put("value of another type", "videotestsrc num-buffers=many ! fakesink");
        texts.put("what cannot be linked", "videotestsrc ! audioconvert ! fakesink");
        texts.put("caps that are mutually exclusive", "videotestsrc ! capsfilter caps=audio/x-raw ! fakesink");
        texts.put("nothing", "");
        texts.put("white space", " \n\t ");
        texts.put("only a link", "!");
        texts.put("nothing behind a link", "videotestsrc !");
        texts.put("an open quotation mark", "filesrc location=\"film.mp4 ! fakesink");
        texts.put("an open bracket", "( videotestsrc ! fakesink");
        texts.put("an empty bin", "( )");
        texts.put("references alone", "a. ! b.");
        texts.put("a link of references", "nosuch. ! fakesink");
        texts.put("a NUL character", "videotestsrc ! fakesink name=\0");
        texts.put("100 kB of one word", "x".repeat(100_000));
        texts.put("100 kB of elements", "identity ! ".repeat(9_000) + "fakesink");
        texts.put("brackets in brackets", "( ".repeat(500));
        texts.put(
                "invalid UTF-8",
                new String(new byte[] {'a', (byte) 0xff, (byte) 0xc0, ' ', '!', ' ', 'b'}, StandardCharsets.UTF_8));
        texts.put("half a character", "videotestsrc ! \ud800 ! fakesink");
        texts.put("a missing file", "filesrc location=/no/such/film ! fakesink");
        return texts;
    }

    /** Writes a line for each description: what is wrong, the kilobytes it grows by, and the messages that it got. */
    public static void main(String[] arguments) {
        all().forEach((wrong, text) -> launch(text, TIMES));
        all().forEach((wrong, text) -> {
            // A leak shows each time; what the JVM compiles meanwhile and malloc's pieces do not.
            long growth = Long.MAX_VALUE;
            var messages = new TreeSet<String>();
            for (int round = 0; round < 12 && growth > 0; round++) {
                long before = ResidentMemory.kilobytes();
                messages.addAll(launch(text, TIMES));
                growth = Math.min(growth, ResidentMemory.kilobytes() - before);
            }
            System.out.println(wrong + "\t" + growth + "\t" + String.join("\t", messages));
        });
    }

    private static TreeSet<String> launch(String text, int times) {
        var messages = new TreeSet<String>();
        for (int i = 0; i < times; i++) {
            try (var media = MediaPipeline.launch(new PipelineDescription("command line", text))) {
                messages.add("launched " + media);
            } catch (PipelineException e) {
                // Elements without a name are counted through.
                messages.add(e.getMessage().replaceAll("\\d+ to ", " to ").replaceAll("\\d+;", ";"));
            }
        }
        return messages;
    }
}
