package dev.midframe.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.midframe.cli.bench.BenchCommand;
import dev.midframe.cli.capture.CaptureCommand;
import dev.midframe.cli.convert.ConvertCommand;
import dev.midframe.cli.convert.JoinCommand;
import dev.midframe.cli.convert.PartCommand;
import dev.midframe.cli.convert.PlanCommand;
import dev.midframe.cli.demo.DemoCommand;
import dev.midframe.cli.gpu.EnginesCommand;
import dev.midframe.cli.gpu.TensorrtCommand;
import dev.midframe.cli.gpucheck.GpuCheckCommand;
import dev.midframe.cli.help.CommandList;
import dev.midframe.cli.help.LowerCaseChoices;
import dev.midframe.cli.help.TopicsCommand;
import dev.midframe.cli.play.PlayCommand;
import dev.midframe.ffi.ProcessEnd;
import dev.midframe.onnx.OrtGate;
import dev.midframe.support.Redaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program's entry: {@code midframe COMMAND}. */
@Command(
        name = "midframe",
        description = "Doubles the frame rate of video as it streams, with FILM.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = BuildVersion.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Midframe {

    /** In the order of the help. */
    private static final SequencedMap<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("convert", ConvertCommand.class);
        COMMANDS.put("plan", PlanCommand.class);
        COMMANDS.put("part", PartCommand.class);
        COMMANDS.put("join", JoinCommand.class);
        COMMANDS.put("run", RunCommand.class);
        COMMANDS.put("play", PlayCommand.class);
        COMMANDS.put("capture", CaptureCommand.class);
        COMMANDS.put("interpolate", InterpolateCommand.class);
        COMMANDS.put("serve", ServeCommand.class);
        COMMANDS.put("demo", DemoCommand.class);
        COMMANDS.put("models", ModelsCommand.class);
        COMMANDS.put("bench", BenchCommand.class);
        COMMANDS.put("eval", EvalCommand.class);
        COMMANDS.put("inspect", InspectCommand.class);
        COMMANDS.put("plugin", PluginCommand.class);
        COMMANDS.put("doctor", DoctorCommand.class);
        COMMANDS.put("tensorrt", TensorrtCommand.class);
        COMMANDS.put("engines", EnginesCommand.class);
        COMMANDS.put("gpu-check", GpuCheckCommand.class);
        COMMANDS.put("rehearse", RehearseCommand.class);
    }

    private static final String[] FOOTER = {
        "",
        "midframe FILE is midframe convert FILE.",
        "midframe COMMAND --help explains a command, midframe topics names the pages to read."
    };

    /** A shell's exit code for a process that a signal ended is this and the signal's number. */
    private static final int KILLED = 128;

    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Log every step, and the stack trace of a failure.")
    private boolean debug;

    private Midframe() {}

    /** Runs one command and ends the process with its exit code: 0 done, 1 failed run, 2 wrong command. */
    public static void main(String[] args) {
        StopSignal.onFirst(signal -> exit(KILLED + signal));
        String[] words = withCommand(args);
        exit(commandLine(words).execute(words));
    }

    /** The only way out: whoever ends the process beside it may end it inside ONNX Runtime. */
    private static void exit(int code) {
        if (OrtGate.closeBeforeExit(LONGEST_WAIT)) {
            System.exit(code);
        }
        // An engine that is being opened cannot be stopped, and nobody wants to wait for it: all files are written.
        ProcessEnd.atOnce(code);
    }

    /** A file's name alone means that it is to be converted. */
    static String[] withCommand(String... words) {
        return words.length > 0 && !COMMANDS.containsKey(words[0]) && Files.isRegularFile(Path.of(words[0]))
                ? Stream.concat(Stream.of("convert"), Stream.of(words)).toArray(String[]::new)
                : words;
    }

    /** Knows only the command that the first word names, else all: looking at all of them takes a third of a second. */
    static CommandLine commandLine(String... words) {
        var midframe = new Midframe();
        var commandLine = new CommandLine(midframe);
        Class<?> named = words.length == 0 ? null : COMMANDS.get(words[0]);
        (named == null ? COMMANDS.values() : List.of(named)).forEach(commandLine::addSubcommand);
        if (named == null) {
            commandLine.addSubcommand(new HelpCommand());
            commandLine.addSubcommand(new TopicsCommand());
            commandLine.addSubcommand("completion", completion());
        }
        // Commands inherit what the annotation says.
        commandLine.getCommandSpec().usageMessage().footer(FOOTER);
        commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandList());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        LowerCaseChoices.show(commandLine);
        commandLine.setExecutionStrategy(parsed -> {
            midframe.configureLog();
            return new CommandLine.RunLast().execute(parsed);
        });
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("midframe: " + oneLine(failure));
            if (midframe.debug) {
                failure.printStackTrace(command.getErr());
            }
            return command.getCommandSpec().exitCodeOnExecutionException();
        });
        commandLine.setParameterExceptionHandler((failure, args) -> {
            CommandLine command = failure.getCommandLine();
            command.getErr().println("midframe: " + reason(failure));
            command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
            return command.getCommandSpec().exitCodeOnInvalidInput();
        });
        return commandLine;
    }

    /** picocli's own, whose name and description are of its generator. */
    private static CommandLine completion() {
        var completion = new CommandLine(new AutoComplete.GenerateCompletion());
        completion
                .getCommandSpec()
                .name("completion")
                .usageMessage()
                .description("Prints a script for completion in bash and zsh.")
                .footer("", "Example:", "  source <(midframe completion)");
        return completion;
    }

    private static String reason(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        if (!(failure instanceof UnmatchedArgumentException unmatched)
                || unmatched.isUnknownOption()
                || command.getSubcommands().isEmpty()) {
            return failure.getMessage();
        }
        String word = unmatched.getUnmatched().getFirst();
        String of = command.getParent() == null
                ? "no command of midframe, and no file that is here"
                : "no command of " + command.getCommandName();
        List<String> commands = command.getSubcommands().values().stream()
                .filter(known -> !known.getCommandSpec().usageMessage().hidden())
                .map(CommandLine::getCommandName)
                .toList();
        return "'" + word + "' is " + of + "; there are " + String.join(", ", commands);
    }

    private void configureLog() {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(debug ? Level.DEBUG : Level.WARN);
        ((Logger) LoggerFactory.getLogger("io.netty")).setLevel(Level.WARN);
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName() + "; --debug shows where"
                : Redaction.withoutSecrets(message.strip().replaceAll("\\s*\\R\\s*", "; "));
    }
}
