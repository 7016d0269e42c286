package io.eddy.cli;

import io.eddy.Weights;
import io.eddy.cli.page.LearningCurve;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eddy weights}: what is on the topic weights, and acting on it. */
@Command(
        name = "weights",
        description =
                "Versions of a model's weights on the topic weights: base, list, show, promote, rollback, shadow.",
        mixinStandardHelpOptions = true)
final class WeightsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "weights: expected one of base, list, show, promote, rollback, shadow, found none");
    }

    private static final String CONFIG = "Options; they name the broker, the topic and the models.";

    @Command(
            name = "base",
            description =
                    "Puts the weights that ship on the topic, for each model that has no version there yet; eddy run does it by itself.",
            mixinStandardHelpOptions = true)
    int base(@Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG) Path config)
            throws Exception {
        Options options = Options.ofFile(config);
        List<String> models = BasePublisher.publish(options);
        if (!models.isEmpty()) {
            System.out.println("eddy weights: the weights that ship are version 1 of " + String.join(", ", models));
        }
        String without = BasePublisher.without(options);
        if (without != null) {
            System.out.println("eddy weights: " + without);
        } else if (models.isEmpty()) {
            System.out.println("eddy weights: each model has a version already; nothing is written");
        }
        return 0;
    }

    @Command(
            name = "list",
            description = "One line for each version that the topic holds; * is in use, s runs as a shadow.",
            mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG) Path config,
            @Mixin ModelChoice model)
            throws Exception {
        Options options = model.of(Options.ofFile(config));
        WeightsTopic topic = WeightsTopic.read(options);
        if (topic.versions().isEmpty()) {
            System.out.println("eddy weights: no version of model \"" + options.get(ModelOptions.MODEL_ID)
                    + "\" on topic " + options.get(KafkaOptions.WEIGHTS)
                    + "; eddy weights base puts the one that ships there");
            return 0;
        }
        Weights champion = topic.champion();
        Weights shadow = topic.shadow();
        System.out.printf(
                Locale.ROOT,
                "  %7s %-11s %7s %-24s %10s %10s %10s  %s%n",
                "version",
                "status",
                "parent",
                "created",
                "pinball",
                "parent's",
                "base's",
                "by");
        for (Weights weights : topic.versions()) {
            Map<String, Double> metrics = weights.getMetrics();
            System.out.printf(
                    Locale.ROOT,
                    "%s %7d %-11s %7d %-24s %10s %10s %10s  %s%n",
                    weights == champion ? "*" : isVersion(shadow, weights) ? "s" : " ",
                    weights.getVersion(),
                    weights.getStatus(),
                    weights.getParentVersion(),
                    created(weights),
                    number(metrics.get("pinball")),
                    number(metrics.get("parent_pinball")),
                    number(metrics.get("base_pinball")),
                    weights.getTrainer());
        }
        return 0;
    }

    private static boolean isVersion(@Nullable Weights shadow, Weights weights) {
        return shadow != null && shadow.getVersion() == weights.getVersion();
    }

    /** Those that ship were made at no time of this topic. */
    private static String created(Weights weights) {
        return weights.getCreatedAt().equals(Instant.EPOCH)
                ? "-"
                : weights.getCreatedAt().toString();
    }

    private static String number(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    @Command(
            name = "show",
            description = "One version: its metrics and its learning curve.",
            mixinStandardHelpOptions = true)
    int show(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG) Path config,
            @Mixin ModelChoice model,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "VERSION",
                            defaultValue = "0",
                            description = "Without it the version in use.")
                    long version)
            throws Exception {
        WeightsTopic topic = WeightsTopic.read(model.of(Options.ofFile(config)));
        Weights champion = topic.champion();
        Weights weights = version == 0 && champion != null ? champion : topic.version(version);
        Weights shadow = topic.shadow();
        System.out.println("version " + weights.getVersion() + " of model \"" + weights.getModelId() + "\", "
                + weights.getStatus() + (weights == champion ? ", in use" : "")
                + (isVersion(shadow, weights) ? ", runs as a shadow" : "") + ", parent "
                + weights.getParentVersion() + ", " + created(weights));
        System.out.println(weights.getArchitecture()
                + (weights.getDataTo().equals(Instant.EPOCH)
                        ? ", data of no topic"
                        : ", data " + weights.getDataFrom() + " to " + weights.getDataTo()));
        System.out.println(weights.getTrainer());
        if (weights.getMetrics().containsKey("classifier/attached")) {
            System.out.println(classifier(weights.getMetrics()));
        }
        LearningCurve curve = LearningCurve.of(weights.getMetrics());
        if (!curve.train().isEmpty()) {
            System.out.println();
            System.out.println("learning curve (o training loss, + validation loss, # both)");
            curve.draw().forEach(System.out::println);
            System.out.println(curve.sentence());
        }
        System.out.println();
        new TreeMap<>(weights.getMetrics())
                .forEach((name, value) -> System.out.printf(Locale.ROOT, "  %-44s %s%n", name, figure(value)));
        return 0;
    }

    /** What came of the classifier, in one line. */
    private static String classifier(Map<String, Double> metrics) {
        return String.format(
                Locale.ROOT,
                "classifier: %s, log loss %s, base rate's %s, parent's %s, AUC %s; steps told anomalous %.0f, normal %.0f;"
                        + " held out %.0f, anomalous %.0f",
                metrics.getOrDefault("classifier/attached", 0.0) == 1 ? "fitted in this round" : "none from this round",
                number(metrics.get("classifier/log_loss")),
                number(metrics.get("classifier/base_rate_log_loss")),
                number(metrics.get("classifier/parent_log_loss")),
                number(metrics.get("classifier/auc")),
                metrics.getOrDefault("classifier/anomalous_steps", 0.0),
                metrics.getOrDefault("classifier/told_normal_steps", 0.0),
                metrics.getOrDefault("classifier/held_out_steps", 0.0),
                metrics.getOrDefault("classifier/held_out_anomalous_steps", 0.0));
    }

    private static String figure(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.6g", value);
    }

    @Command(
            name = "promote",
            description = "Makes a version, also a rejected one, the one in use; it gets a new number.",
            mixinStandardHelpOptions = true)
    int promote(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG) Path config,
            @Mixin ModelChoice model,
            @Parameters(paramLabel = "VERSION", description = "One that eddy weights list shows.") long version)
            throws Exception {
        WeightsTopic topic = WeightsTopic.read(model.of(Options.ofFile(config)));
        long number = topic.promote(version, "eddy weights promote " + version);
        System.out.println("eddy weights: version " + version + " is in use as version " + number);
        return 0;
    }

    @Command(
            name = "rollback",
            description = "Goes back from the version in use to the one before it, which gets a new number.",
            mixinStandardHelpOptions = true)
    int rollback(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG) Path config,
            @Mixin ModelChoice model,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "VERSION",
                            defaultValue = "0",
                            description = "The one to go back to; without it the champion before the one in use.")
                    long version)
            throws Exception {
        WeightsTopic topic = WeightsTopic.read(model.of(Options.ofFile(config)));
        Weights current = topic.champion();
        if (current == null) {
            throw new IllegalArgumentException("version: expected one in use, found none");
        }
        long target = version == 0 ? topic.previous().getVersion() : version;
        if (target == current.getVersion()) {
            throw new IllegalArgumentException(
                    "version: expected another than the one in use, found " + current.getVersion());
        }
        long number = topic.promote(target, "eddy weights rollback to " + target);
        topic.rollBack(current);
        System.out.println("eddy weights: version " + current.getVersion() + " is rolled back, version " + target
                + " is in use as version " + number);
        return 0;
    }

    @Command(
            name = "shadow",
            description =
                    "Runs a version beside the one in use on a share of the series: its forecasts are judged, nothing is told of them."
                            + " eddy weights show VERSION has the errors of both. promote and rollback end it.",
            mixinStandardHelpOptions = true)
    int shadow(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG) Path config,
            @Mixin ModelChoice model,
            @ArgGroup(exclusive = true, multiplicity = "1") ShadowChoice choice,
            @Option(
                            names = "--share",
                            paramLabel = "SHARE",
                            defaultValue = "0.1",
                            description = "Of the series, above 0 and at most 1; default ${DEFAULT-VALUE}.")
                    double share)
            throws Exception {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("--share: expected above 0 and at most 1, found " + share);
        }
        WeightsTopic topic = WeightsTopic.read(model.of(Options.ofFile(config)));
        if (choice.off) {
            long ended = topic.endShadow();
            System.out.println(
                    "eddy weights: " + (ended == 0 ? "no shadow runs" : "version " + ended + " is no shadow any more"));
        } else {
            topic.startShadow(choice.version, share);
            System.out.println("eddy weights: version " + choice.version + " runs as a shadow on "
                    + String.format(Locale.ROOT, "%.3g", 100 * share) + " % of the series");
        }
        return 0;
    }

    /** Which version, or none. */
    static final class ShadowChoice {
        @Parameters(paramLabel = "VERSION", description = "One that eddy weights list shows.")
        long version;

        @Option(names = "--off", description = "Ends the shadow.")
        boolean off;
    }
}
