package dev.midframe.cli.help;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Shows the choices of an option, and its default, as people type them: enumerations are in capitals in Java only. */
public final class LowerCaseChoices {

    private LowerCaseChoices() {}

    /** Changes the help of a command and of those below it. */
    public static void show(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        for (OptionSpec option : List.copyOf(spec.options())) {
            List<String> names = names(option.type());
            if (!names.isEmpty() && names.stream().noneMatch(LowerCaseChoices::hasCaseOfItsOwn)) {
                OptionSpec.Builder lower = OptionSpec.builder(option)
                        .completionCandidates(
                                names.stream().map(LowerCaseChoices::lower).toList());
                if (option.initialValue() != null) {
                    lower.defaultValue(lower(option.initialValue().toString()));
                }
                spec.remove(option);
                spec.addOption(lower.build());
            }
        }
        command.getSubcommands().values().forEach(LowerCaseChoices::show);
    }

    private static List<String> names(Class<?> type) {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants()).map(Object::toString).toList()
                : List.of();
    }

    /** Such as RGBx. */
    private static boolean hasCaseOfItsOwn(String name) {
        return !name.equals(name.toUpperCase(Locale.ROOT));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
