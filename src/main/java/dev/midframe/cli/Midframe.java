package dev.midframe.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program's entry: {@code midframe COMMAND}. */
@Command(
        name = "midframe",
        description = "Doubles the frame rate of video as it streams.",
        mixinStandardHelpOptions = true)
public final class Midframe {

    private Midframe() {}

    /** Runs one command and ends the process with its exit code: 0 done, 1 failed run, 2 wrong command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Midframe()).execute(args));
    }
}
