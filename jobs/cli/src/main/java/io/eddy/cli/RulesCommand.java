package io.eddy.cli;

import io.eddy.Rule;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.RuleFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eddy rules}: what is on the topic rules, and changing it. */
@Command(
        name = "rules",
        description =
                "Rules of what people want to be told, on the topic rules: list, put, remove. A running job heeds them with"
                        + " the next step; those of rules.file hold beside them.",
        mixinStandardHelpOptions = true)
final class RulesCommand implements Runnable {
    private static final String CONFIG = "Options; they name the broker and the topic.";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "rules: expected one of list, put, remove, found none");
    }

    @Command(name = "list", description = "Each rule of the topic, as JSON.", mixinStandardHelpOptions = true)
    int list(@Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG) Path config)
            throws Exception {
        RulesTopic topic = RulesTopic.read(Options.ofFile(config));
        topic.rules().values().forEach(System.out::println);
        System.out.println("eddy rules: " + counted(topic.rules().size()) + " on the topic");
        return 0;
    }

    @Command(
            name = "put",
            description = "Puts the rules of a file on the topic; each takes the place of one with the same id.",
            mixinStandardHelpOptions = true)
    int put(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG) Path config,
            @Parameters(paramLabel = "RULES.yaml", description = "As configs/rules.yaml.") Path file)
            throws Exception {
        Options options = Options.ofFile(config);
        List<String> mistakes = new ArrayList<>();
        List<Rule> rules = RuleFile.read(file, mistakes);
        if (!mistakes.isEmpty()) {
            mistakes.forEach(mistake -> System.err.println("eddy: " + mistake));
            return CommandLine.ExitCode.USAGE;
        }
        RulesTopic topic = RulesTopic.read(options);
        topic.put(rules);
        System.out.println("eddy rules: " + counted(rules.size()) + " put on topic " + options.get(KafkaOptions.RULES)
                + ": " + String.join(", ", rules.stream().map(Rule::getId).toList()));
        return 0;
    }

    @Command(name = "remove", description = "Removes rules by their ids.", mixinStandardHelpOptions = true)
    int remove(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG) Path config,
            @Parameters(arity = "1..*", paramLabel = "ID", description = "One that eddy rules list shows.")
                    List<String> ids)
            throws Exception {
        RulesTopic topic = RulesTopic.read(Options.ofFile(config));
        for (String id : ids) {
            if (!topic.rules().containsKey(id)) {
                String rule = topic.rules().isEmpty()
                        ? "a rule of the topic, which has none"
                        : "one of " + topic.rules().keySet();
                throw new IllegalArgumentException("id: expected " + rule + ", found " + id + "; nothing is removed");
            }
        }
        topic.remove(ids);
        System.out.println("eddy rules: removed " + String.join(", ", ids));
        return 0;
    }

    private static String counted(int rules) {
        return rules == 1 ? "1 rule" : rules + " rules";
    }
}
