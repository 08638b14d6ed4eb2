package dev.midframe.support;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of messages what they must not tell: GStreamer and its plugins put whole addresses, with logins and stream
 * keys, and values of properties into theirs. Rather too much is taken out than too little.
 */
public final class Redaction {
    private static final String GONE = "***";
    private static final String SCHEME = "\\b(?!file:)[A-Za-z][A-Za-z0-9+.-]*:/++";
    private static final String HOST = "(?:" + SCHEME + "(?:\\*+@)?|\\*+@)[^/?#\"'\\s]*+";

    private record Rule(Pattern pattern, String replacement) {
        private Rule(String pattern, String replacement) {
            this(Pattern.compile(pattern), replacement);
        }

        private String applyTo(String text) {
            Matcher matcher = pattern.matcher(text);
            return matcher.find() ? matcher.replaceAll(replacement) : text;
        }
    }

    /** Of an address the scheme, the host and the port remain. A password may hold any character, blanks and @ included. */
    private static final List<Rule> SECRETS = List.of(
            new Rule("(" + SCHEME + ")\\S[^\\n]*@", "$1" + GONE + "@"),
            new Rule("([\"'])[^\"':\\n]+:[^\"'\\n]*(?<!\\*)@", "$1" + GONE + "@"),
            new Rule("[^\\s\"'@:]+:\\S*(?<!\\*)@(?=\\S)", GONE + "@"),
            new Rule("([\"'])(" + HOST + ")[/?#][^\\n]*?\\1", "$1$2/" + GONE + "$1"),
            new Rule("(" + HOST + ")[/?#](?!\\*)[^\\s\"']*", "$1/" + GONE),
            new Rule(
                    "(?i)\\b((?:[\\w-]*(?:pass(?:word|wd|phrase)?|pwd|token|secret|credentials?|stream-?id|stream-?key|api-?key)"
                            + "|user-(?:pw|id)|key|auth(?:orization)?|sig(?:nature)?))(\\s*[=:]\\s*)"
                            + "(?:(?:bearer|basic|digest)\\s+)?(?:\"[^\"]*\"|'[^']*'|[^\\s,;&\"']+)",
                    "$1$2" + GONE),
            new Rule("(could not set property .* to )\".*\"", "$1" + GONE));

    /** Of a path the file's name remains. */
    private static final List<Rule> PATHS = List.of(
            new Rule("file:/+", "/"),
            new Rule("([\"'])/[^\"'\\n]*?([^/\"'\\n]*)\\1", "$1$2$1"),
            new Rule("(?<![\\w:/*.])(?:/[^\\s\"':;,/]+)*/([^\\s\"':;,/]+)/?", "$1"));

    private Redaction() {}

    /** The message without logins, keys and wrong values of properties; for those who run the program. */
    public static String withoutSecrets(String message) {
        return apply(SECRETS, message);
    }

    /** The same without folders, too; for everyone who may ask over the network. */
    public static String withoutSecretsAndPaths(String message) {
        return apply(PATHS, withoutSecrets(message));
    }

    private static String apply(List<Rule> rules, String message) {
        String text = message;
        for (Rule rule : rules) {
            text = rule.applyTo(text);
        }
        return text;
    }
}
