package io.eddy.cli;

import io.eddy.connectors.ConfigFile;
import io.eddy.connectors.JobArguments;
import io.eddy.connectors.Mistake;
import io.eddy.connectors.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks a configuration file and the files that it names: every mistake at once, a line each. */
@Command(
        name = "validate",
        description = "Checks a configuration file and names every mistake with its line.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The file to check.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path config;

    @Override
    public Integer call() {
        List<Mistake> mistakes = ConfigFile.read(config).mistakesWithFiles();
        for (Mistake mistake : mistakes) {
            System.err.println(config + ":" + mistake.line() + ": " + mistake.text());
        }
        if (!mistakes.isEmpty()) {
            System.err.println("eddy validate: " + config + " has " + mistakes.size()
                    + (mistakes.size() == 1 ? " mistake" : " mistakes"));
            return CommandLine.ExitCode.USAGE;
        }
        Options options = Options.ofFile(config);
        try {
            JobArguments.environment(options);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("flink.*: expected values that go together, found " + e.getMessage(), e);
        }
        System.out.println("eddy validate: " + config + " is valid");
        return CommandLine.ExitCode.OK;
    }
}
