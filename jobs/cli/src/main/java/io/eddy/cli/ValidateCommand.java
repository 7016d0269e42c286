package io.eddy.cli;

import io.eddy.connectors.Options;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks a configuration file. */
@Command(name = "validate", description = "Checks a configuration file.", mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The file to check.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path config;

    @Override
    public Integer call() {
        Options.ofFile(config);
        System.out.println("eddy validate: " + config + " is valid");
        return 0;
    }
}
