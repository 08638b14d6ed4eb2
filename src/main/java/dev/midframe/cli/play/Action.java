package dev.midframe.cli.play;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a key does, by X's names for keys. Those of mpv and gst-play; each has one that needs no shift, which a window does not
 * report.
 */
enum Action {
    PAUSE("pauses and goes on", "space", "p"),
    BACK("5 s back", "Left"),
    FORWARD("5 s on", "Right"),
    MINUTE_BACK("a minute back", "Down"),
    MINUTE_FORWARD("a minute on", "Up"),
    STEP("the next frame", "period"),
    STEP_BACK("the film's frame before", "comma"),
    GENERATED("generated frames on and off", "g"),
    RATES("shows rates", "i"),
    SLOWER("slower", "bracketleft"),
    FASTER("faster", "bracketright"),
    AS_FILMED("as fast as filmed", "BackSpace"),
    QUIETER("quieter", "9", "slash"),
    LOUDER("louder", "0", "asterisk"),
    MUTE("sound off and on", "m"),
    SOUND("the next sound track", "a", "numbersign"),
    SUBTITLES("the next subtitles", "s", "j"),
    FULL_SCREEN("full screen and back", "f"),
    NEXT("the next film", "n", "greater", "Return"),
    PREVIOUS("the film before", "b", "less"),
    HELP("shows the keys", "h", "question"),
    QUIT("ends", "q", "Escape");

    private final String description;
    private final List<String> keys;

    Action(String description, String... keys) {
        this.description = description;
        this.keys = List.of(keys);
    }

    static Optional<Action> of(String key) {
        return Arrays.stream(values())
                .filter(action -> action.keys.contains(key))
                .findFirst();
    }

    /** A line for each. */
    static String help() {
        var lines = new StringBuilder();
        for (Action action : values()) {
            lines.append("%-10s %s%n".formatted(TerminalKeys.written(action.keys.getFirst()), action.description));
        }
        return lines.toString().stripTrailing();
    }
}
