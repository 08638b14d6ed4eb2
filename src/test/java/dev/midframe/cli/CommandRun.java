package dev.midframe.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * One command of the program, run in this process.
 *
 * @param exitCode 0 done, 1 failed, 2 wrong command
 * @param output lines
 * @param errors lines
 */
public record CommandRun(int exitCode, List<String> output, List<String> errors) {

    public static CommandRun of(Object... words) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine midframe =
                Midframe.commandLine().setOut(new PrintWriter(output, true)).setErr(new PrintWriter(errors, true));
        int exitCode = midframe.execute(Stream.of(words).map(Object::toString).toArray(String[]::new));
        return new CommandRun(
                exitCode,
                output.toString().lines().toList(),
                errors.toString().lines().toList());
    }
}
