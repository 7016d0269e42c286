package io.eddy.cli;

import io.eddy.cli.evaluate.EvaluateCommand;
import io.eddy.cli.pretrain.PretrainCommand;
import io.eddy.connectors.Spelling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. Exit codes: 0 done, 2 bad usage or configuration, 1 the run failed. */
@Command(
        name = "eddy",
        version = "eddy " + Main.VERSION,
        description = "Forecasts and scores every time series on a Kafka topic while it streams.",
        footer = {"", "eddy bench [NAME...] runs the benchmarks; see eddy bench --help."},
        mixinStandardHelpOptions = true,
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            SimulateCommand.class,
            BacktestCommand.class,
            EvaluateCommand.class,
            PretrainCommand.class,
            ValidateCommand.class,
            WeightsCommand.class,
            FeedbackCommand.class,
            RulesCommand.class,
            ImportCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main implements Callable<Integer> {
    static final String VERSION = "0.1.0";

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print the stack trace of an error.")
    private boolean verbose;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private Main() {}

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), wrongCommand(spec, "none"));
    }

    public static void main(String[] args) {
        int code;
        // Libraries unpack their natives into the temporary folder, and leave them there where a process is killed or
        // ends by Ctrl-C.
        try (TemporaryFolder folder = TemporaryFolder.create("eddy-libraries-")) {
            System.setProperty("java.io.tmpdir", folder.path().toString());
            code = run(args);
        } catch (IOException e) {
            System.err.println("eddy: java.io.tmpdir: " + oneLine(e));
            code = CommandLine.ExitCode.SOFTWARE;
        }
        // Some libraries leave threads behind that are no daemons.
        System.exit(code);
    }

    /** Runs one command and gives its exit code. */
    public static int run(String... args) {
        return run(List.of(), args);
    }

    /** The same with more commands than those of this module. */
    public static int run(List<Object> commands, String... args) {
        Main main = new Main();
        CommandLine all = new CommandLine(main);
        commands.forEach(all::addSubcommand);
        configure(all, main);
        try {
            return all.execute(args);
        } catch (OutOfMemoryError e) {
            System.err.println("eddy: memory: expected what the command holds to fit into "
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MB, found that it does not; EDDY_JAVA_OPTS=-Xmx8g gives it 8 GB");
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static void configure(CommandLine all, Main main) {
        all.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((error, line) -> {
                    CommandSpec command = error.getCommandLine().getCommandSpec();
                    error.getCommandLine()
                            .getErr()
                            .println(
                                    "eddy: " + usage(error, command) + " (see " + command.qualifiedName() + " --help)");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((error, line, parsed) -> {
                    line.getErr().println("eddy: " + oneLine(error));
                    if (main.verbose) {
                        error.printStackTrace(line.getErr());
                    }
                    boolean usage = error instanceof IllegalArgumentException;
                    return usage ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
                });
    }

    private static String usage(ParameterException error, CommandSpec command) {
        if (error instanceof MissingParameterException missing) {
            List<String> found = error.getCommandLine().getUnmatchedArguments();
            if (!found.isEmpty() && found.get(0).startsWith("-")) {
                return unknown(found.get(0), command); // what is missing may be what it was meant to be
            }
            List<ArgSpec> all = missing.getMissing();
            boolean each = all.size() > 1 && all.get(0).group() == null; // of a group one is enough
            return all.stream().map(Main::name).collect(Collectors.joining(each ? ", " : " or "))
                    + (each ? ": expected a value each, found none" : ": expected a value, found none")
                    + loose(error.getCommandLine(), all);
        }
        ArgSpec argument = error.getArgSpec();
        String value = error.getValue();
        if (value != null) { // without its argument it is what eddy help was asked about
            return argument == null
                    ? wrongCommand(command, value)
                    : name(argument) + ": expected " + rule(argument) + ", found " + value;
        }
        if (!(error instanceof UnmatchedArgumentException unmatched)) {
            return oneLine(error);
        }
        String found = unmatched.getUnmatched().get(0);
        if (!unmatched.isUnknownOption() && !command.subcommands().isEmpty()) {
            return wrongCommand(command, found);
        }
        return found.startsWith("-")
                ? unknown(found, command)
                : "argument: expected none beside the options of " + command.qualifiedName() + ", found " + found;
    }

    private static String unknown(String option, CommandSpec command) {
        // By its short name nobody means an option that he spells out.
        List<String> names =
                command.options().stream().map(OptionSpec::longestName).toList();
        return option + ": expected an option of " + command.qualifiedName() + ", found an unknown one; the nearest is "
                + Spelling.nearest(option, names);
    }

    /** Of a value without its option: {@code eddy run eddy.yaml}. */
    private static String loose(CommandLine command, List<ArgSpec> missing) {
        List<String> found = command.getUnmatchedArguments();
        return found.isEmpty() || missing.size() > 1
                ? ""
                : "; is it " + name(missing.get(0)) + " " + found.get(0) + "?";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String rule(ArgSpec argument) {
        Object[] choices = argument.type().getEnumConstants();
        return choices == null
                ? "a number"
                : "one of " + Stream.of(choices).map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String wrongCommand(CommandSpec command, String found) {
        Set<String> names = new LinkedHashSet<>(command.subcommands().keySet());
        if (command.parent() == null) {
            names.add("bench"); // is there when it is asked for
        }
        return "command: expected one of " + String.join(", ", names) + ", found " + found;
    }

    private static String oneLine(Throwable thrown) {
        Throwable error =
                thrown instanceof UncheckedIOException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (error instanceof FileSystemException file) {
            String reason = file.getReason() != null
                    ? file.getReason()
                    : file instanceof NoSuchFileException
                            ? "none"
                            : file instanceof AccessDeniedException
                                    ? "no right to it"
                                    : file.getClass().getSimpleName();
            return file.getFile() + ": expected a file or folder that can be read and written, found " + reason;
        }
        String message = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        return message.replaceAll("\\s*\\R\\s*", " ");
    }
}
