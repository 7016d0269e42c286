package io.eddy.cli.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.eddy.cli.FineTuning;
import io.eddy.cli.ModelChoice;
import io.eddy.cli.OutputFile;
import io.eddy.cli.pretrain.BaseWeights;
import io.eddy.connectors.Fields;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import io.eddy.forecast.ForecastJob;
import io.eddy.model.Forecaster;
import io.eddy.model.network.WeightsVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Forecasts the data sets of a suite, strictly causally, and prints one table for each. */
@Command(
        name = "evaluate",
        description = "Forecasts the data sets of a suite and compares with experts and simple baselines.",
        mixinStandardHelpOptions = true)
public final class EvaluateCommand implements Callable<Integer> {
    @Option(
            names = "--suite",
            required = true,
            paramLabel = "FILE",
            description = "The suite; configs/suites/public.yaml says what it may hold.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path suite;

    @Option(names = "--set", paramLabel = "NAME", description = "Only this set of the suite; may be repeated.")
    private @Nullable List<String> only;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Options of the model, see configs/reference.md; step, horizon and season are those of each set.")
    private @Nullable Path config;

    @Mixin
    private ModelChoice model = new ModelChoice();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "Weights of eddy pretrain; default: those that ship.")
    private @Nullable Path weightsFile;

    @Option(names = "--no-weights", description = "Without a network.")
    private boolean noWeights;

    @Option(
            names = "--train",
            description =
                    "Also fine-tunes the weights while the series go on, as the train job does, on what came before.")
    private boolean train;

    @Option(
            names = "--starts",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Begins each series at so many places within the first half of what comes before its judged part, 1 to 1000, and"
                            + " judges each: single paths differ by chance by more than most changes do.")
    private int starts;

    @Option(
            names = "--tier",
            paramLabel = "EXPERTS",
            description =
                    "A choice for forecast.experts; may be repeated. Each is run with and without the network, and one table"
                            + " holds accuracy against memory and time.")
    private List<String> tiers = List.of();

    /** A set, what it is forecast by, and its series. */
    private record Ready(SuiteSet set, Options options, List<SuiteSeries> series) {}

    @Override
    public Integer call() throws IOException {
        if (json != null) {
            OutputFile.check("--json", json);
        }
        if (noWeights && weightsFile != null) {
            throw new IllegalArgumentException("--weights: expected no --no-weights beside it, found both");
        }
        if (starts < 1 || starts > 1000 || starts > 1 && train) {
            throw new IllegalArgumentException("--starts: expected 1 to 1000, and 1 beside --train, found " + starts
                    + (train ? " and --train" : ""));
        }
        if (weightsFile != null && !Files.isRegularFile(weightsFile)) {
            throw new IllegalArgumentException("--weights: expected a file of eddy pretrain, found no " + weightsFile);
        }
        Options options = model.of(config == null ? Options.of(Map.of()) : Options.ofFile(config));
        tiers.forEach(experts -> options.with(ForecastOptions.EXPERTS, experts));
        List<String> covariates = Fields.of(options).covariates();
        if (!covariates.isEmpty()) {
            throw new IllegalArgumentException(ModelOptions.COVARIATES.key()
                    + ": expected none for an evaluation, whose series have one value a step, found " + covariates);
        }
        List<String> mistakes = new ArrayList<>();
        List<Ready> sets = ready(options, mistakes);
        if (!mistakes.isEmpty()) {
            mistakes.forEach(mistake -> System.err.println("eddy: " + mistake));
            return CommandLine.ExitCode.USAGE;
        }
        if (!tiers.isEmpty()) {
            return compareTiers(sets);
        }
        List<Evaluation.Result> results = new ArrayList<>();
        for (Ready set : sets) {
            say(set.set().name() + ": " + set.series().size() + " series");
            Evaluation.Result result = evaluate(set, set.options(), !noWeights);
            System.out.print(EvaluationTable.of(result));
            results.add(result);
            write(results); // a later set may fail, and those before it have taken their time
        }
        System.out.print(EvaluationTable.LEGEND);
        return CommandLine.ExitCode.OK;
    }

    private int compareTiers(List<Ready> sets) throws IOException {
        for (Ready set : sets) {
            evaluate(set, set.options(), true); // the first to run would pay for the compiler
        }
        List<TierTable.Tier> found = new ArrayList<>();
        for (String experts : tiers) {
            for (boolean network : noWeights ? new boolean[] {false} : new boolean[] {false, true}) {
                List<Evaluation.Result> results = new ArrayList<>();
                for (Ready set : sets) {
                    results.add(evaluate(set, set.options().with(ForecastOptions.EXPERTS, experts), network));
                }
                found.add(TierTable.Tier.of(experts, network, results));
                say(experts + (network ? " + network" : "") + ": done");
            }
        }
        System.out.print(TierTable.of(found));
        write(found);
        return CommandLine.ExitCode.OK;
    }

    private void write(List<?> results) throws IOException {
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), results);
        }
    }

    /**
     * The sets that are asked for, all of them read before the first one is forecast.
     *
     * @param mistakes takes what keeps a set from being forecast
     */
    private List<Ready> ready(Options options, List<String> mistakes) {
        List<Ready> ready = new ArrayList<>();
        for (SuiteSet set : named(Suite.ofFile(suite).sets())) {
            try {
                set.expectData();
                ready.add(new Ready(set, optionsOf(set, options), series(set, options)));
            } catch (IllegalArgumentException e) {
                mistakes.add("set " + set.name() + ": " + e.getMessage());
            }
        }
        return ready;
    }

    private List<SuiteSet> named(List<SuiteSet> sets) {
        List<String> wanted = only;
        if (wanted == null) {
            return sets;
        }
        List<String> names = sets.stream().map(SuiteSet::name).toList();
        for (String name : wanted) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("--set: expected one of " + names + ", found " + name);
            }
        }
        return sets.stream().filter(set -> wanted.contains(set.name())).toList();
    }

    private static Options optionsOf(SuiteSet set, Options options) {
        return options.with(InputOptions.STEP, set.stepMillis() + "ms")
                .with(ForecastOptions.HORIZON, String.valueOf(set.horizon()))
                .with(ModelOptions.SEASON, set.seasonKnown() && set.season() > 1 ? String.valueOf(set.season()) : "0");
    }

    private Evaluation.Result evaluate(Ready ready, Options options, boolean network) {
        Forecaster forecaster = new Forecaster(ForecastJob.forecasterOptions(options));
        WeightsVersion found = network ? weights(options) : null;
        WeightsVersion weights =
                found == null ? null : new WeightsVersion(found.version(), forecaster.fitted(found.weights()));
        String misfit = weights == null ? null : forecaster.misfit(weights.weights());
        if (misfit != null) {
            throw new IllegalArgumentException("weights: " + misfit);
        }
        FineTuning tuning = train && network ? new FineTuning(options, weights) : null;
        return new Evaluation(ready.set(), ready.series(), forecaster, weights, tuning).run();
    }

    private List<SuiteSeries> series(SuiteSet set, Options options) {
        boolean counter = options.get(ModelOptions.COUNTER);
        return SuiteData.read(set, EvaluateCommand::say).stream()
                .map(one -> counter ? one.grown(set.stepMillis()) : one)
                .flatMap(one -> one.begun(starts).stream())
                .toList();
    }

    private static void say(String text) {
        System.err.println("eddy evaluate: " + text);
    }

    private @Nullable WeightsVersion weights(Options options) {
        if (weightsFile != null) {
            return BaseWeights.read(weightsFile, options.get(ForecastOptions.HORIZON));
        }
        WeightsVersion shipped = BaseWeights.shipped(options);
        if (shipped == null && !train) {
            throw new IllegalArgumentException(
                    "weights: expected --weights, --train or --no-weights where model.* asks for"
                            + " another network than the one that ships, found none of them");
        }
        return shipped;
    }
}
