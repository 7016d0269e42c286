package io.eddy.cli;

import io.eddy.Feedback;
import io.eddy.FeedbackType;
import io.eddy.cli.page.FeedbackWriter;
import io.eddy.connectors.Fields;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.Routing;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code eddy feedback}: tells the running job what a span of a series was. */
@Command(
        name = "feedback",
        description =
                "Tells the running forecast job what a span of a series was; it acts on the series within seconds.",
        mixinStandardHelpOptions = true)
final class FeedbackCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Options; they name the broker and the topic.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path config;

    @Option(names = "--series", required = true, paramLabel = "NAME", description = "Name of the series.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String series;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "The field that is meant, where the series has several targets; all of them if not given.")
    private @Nullable String target;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "Start of the span: ISO 8601, or epoch seconds or milliseconds.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "End of the span, included; its start if not given.")
    private @Nullable String to;

    @Option(
            names = "--type",
            required = true,
            paramLabel = "TYPE",
            description =
                    "One of ${COMPLETION-CANDIDATES}. NOT_ANOMALY: the like of it alarms no more. ANOMALY: the like of it"
                            + " weighs more. ANOMALY_EXPECTED: the span, also one to come, is not told of. ANOMALY_NEW_TREND: the new normal,"
                            + " learnt at once. NO_FEEDBACK: takes ANOMALY_EXPECTED back.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private FeedbackType type;

    @Option(names = "--comment", paramLabel = "TEXT", description = "For people.")
    private @Nullable String comment;

    @Option(names = "--user", paramLabel = "NAME", description = "Who says so.")
    private @Nullable String user;

    @Override
    public Integer call() throws Exception {
        Options options = Options.ofFile(config);
        Instant start = time("--from", from);
        Instant end = to == null ? start : time("--to", to);
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("--to: expected not before --from, found " + end + " before " + start);
        }
        if (series.isBlank()) {
            throw new IllegalArgumentException("--series: expected a name, found \"" + series + "\"");
        }
        if (!Routing.isTaken(series, options)) {
            throw new IllegalArgumentException(
                    "--series: expected one that a model takes (model.series), found " + series);
        }
        Set<String> targets = options.models().stream()
                .flatMap(model -> Fields.of(model).targets().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (target != null && !targets.contains(target)) {
            throw new IllegalArgumentException("--target: expected one of " + targets + ", found " + target);
        }
        Topics.expect(options, options.get(KafkaOptions.FEEDBACK));
        try (FeedbackWriter writer = new FeedbackWriter(options)) {
            writer.write(new Feedback(series, start, end, type, comment, user, Instant.now(), target));
        }
        System.out.println("eddy feedback: " + type + " for series \"" + series + "\" from " + start + " to " + end
                + " is on topic " + options.get(KafkaOptions.FEEDBACK)
                + "; a job that has never seen the series says so on topic " + options.get(KafkaOptions.REJECTS));
        return 0;
    }

    private static Instant time(String name, String text) {
        try {
            return Instant.ofEpochMilli(CsvCell.time(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }
}
