package io.eddy.cli;

import io.eddy.cli.evaluate.EvaluateCommand;
import io.eddy.cli.pretrain.PretrainCommand;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

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
            ImportCommand.class
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
        Set<String> commands = new LinkedHashSet<>(spec.subcommands().keySet());
        commands.add("bench"); // of a module of its own, which ./eddy starts
        throw new ParameterException(
                spec.commandLine(), "command: expected one of " + String.join(", ", commands) + ", found none");
    }

    public static void main(String[] args) {
        // Some libraries leave threads behind that are no daemons.
        System.exit(run(args));
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
        return all.setParameterExceptionHandler((error, line) -> {
                    error.getCommandLine().getErr().println("eddy: " + oneLine(error) + " (see eddy --help)");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((error, line, parsed) -> {
                    line.getErr().println("eddy: " + oneLine(error));
                    if (main.verbose) {
                        error.printStackTrace(line.getErr());
                    }
                    boolean usage = error instanceof IllegalArgumentException;
                    return usage ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args);
    }

    private static String oneLine(Throwable error) {
        String message = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        return message.replaceAll("\\s*\\R\\s*", " ");
    }
}
