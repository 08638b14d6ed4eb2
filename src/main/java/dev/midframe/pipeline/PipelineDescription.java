package dev.midframe.pipeline;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pipeline in the language of gst-launch, ready to be launched.
 *
 * <p>A description file may hold comments, from a {@code #} at the start of a line or after white space to the end of that
 * line, and variables: {@code ${input}} must be given, {@code ${fps:-60}} has a default. Values are quoted as they are put
 * in: a space or an exclamation mark in a file's name stays part of the name and never becomes pipeline.
 *
 * @param name the file's name or {@code command line}, for messages
 * @param text gst-launch text without comments and variables
 */
public record PipelineDescription(String name, String text) {

    private static final Pattern COMMENT = Pattern.compile("(?m)(^|[ \\t])[ \\t]*#.*$");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z][A-Za-z0-9_-]*)(:-([^}]*))?}");
    private static final Pattern PLAIN_VALUE = Pattern.compile("[A-Za-z0-9_./:,+%@=-]+");

    /**
     * Reads a description from a file, or takes the text itself.
     *
     * @param fileOrText a file's name, or a text with at least one {@code !}
     * @param variables values by name
     * @throws PipelineException when the file cannot be read, a variable has no value, or a value has no variable
     */
    public static PipelineDescription of(String fileOrText, Map<String, String> variables) {
        Path file = fileOrText.contains("!") ? null : Path.of(fileOrText);
        if (file == null) {
            return of("command line", fileOrText, variables);
        }
        if (!Files.isRegularFile(file)) {
            throw new PipelineException("there is no pipeline file " + file
                    + "; give a file such as pipelines/file.gst, or a text with '!'");
        }
        try {
            return of(file.toString(), Files.readString(file), variables);
        } catch (CharacterCodingException e) {
            throw new PipelineException(
                    file + " is no pipeline file, it is not text; to convert a film: pipelines/file.gst input=" + file
                            + " output=...",
                    e);
        } catch (IOException e) {
            throw new PipelineException("cannot read the pipeline file " + file + ": " + e.getMessage(), e);
        }
    }

    private static PipelineDescription of(String name, String source, Map<String, String> variables) {
        String text = COMMENT.matcher(source).replaceAll("");
        refuseUnknown(name, text, variables.keySet());
        String filled = VARIABLE.matcher(text).replaceAll(match -> {
            String variable = match.group(1);
            String value = variables.getOrDefault(variable, match.group(3));
            if (value == null) {
                throw new PipelineException(name + " needs a value for " + variable + ": add " + variable + "=...");
            }
            return Matcher.quoteReplacement(variables.containsKey(variable) ? quoted(value) : value);
        });
        return new PipelineDescription(name, filled.strip());
    }

    /** Before a value is missed: a mistyped name is both, and what was typed says more. */
    private static void refuseUnknown(String name, String text, Set<String> given) {
        var known = new TreeSet<String>();
        VARIABLE.matcher(text).results().forEach(match -> known.add(match.group(1)));
        for (String variable : given) {
            if (!known.contains(variable)) {
                throw new PipelineException(name + " has no variable " + variable
                        + (known.isEmpty() ? "; it has none at all" : "; it has " + String.join(", ", known)));
            }
        }
    }

    /** The value as one word of gst-launch's language. */
    public static String quoted(String value) {
        if (PLAIN_VALUE.matcher(value).matches()) {
            return value;
        }
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
