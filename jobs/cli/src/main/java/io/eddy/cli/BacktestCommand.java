package io.eddy.cli;

import io.eddy.cli.page.Report;
import io.eddy.cli.pretrain.BaseWeights;
import io.eddy.connectors.Fields;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import io.eddy.model.network.WeightsVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replays CSV files through the same functions as the jobs. */
@Command(
        name = "backtest",
        description = "Replays CSV files, strictly causally, and compares the forecasts with simple baselines.",
        mixinStandardHelpOptions = true)
final class BacktestCommand implements Callable<Integer> {
    @Option(names = "--input", required = true, paramLabel = "PATH", description = "A CSV file or a folder of them.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path input;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "Where the results go.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path output;

    @Option(names = "--config", paramLabel = "FILE", description = "Options of the model; see configs/reference.md.")
    private @Nullable Path config;

    @Mixin
    private ModelChoice model = new ModelChoice();

    @Option(
            names = "--step",
            paramLabel = "1h",
            description = "Average rows to steps of this length; without, every row is a step.")
    private @Nullable String step;

    @Option(names = "--horizon", paramLabel = "N", description = "Steps ahead; default 24.")
    private @Nullable String horizon;

    @Option(names = "--season", paramLabel = "N", description = "Season in steps; without, it is found.")
    private @Nullable String season;

    @Mixin
    private final CsvOptions csvOptions = new CsvOptions();

    @Option(names = "--no-train", description = "Keep the weights as they are at the start.")
    private boolean noTrain;

    @Option(names = "--no-weights", description = "Start without weights instead of from those that ship.")
    private boolean noWeights;

    @Option(names = "--nab-layout", paramLabel = "DIR", description = "Also write the scores as NAB results.")
    private @Nullable Path nabLayout;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Spans that are known to be anomalous, CSV with series,from,to: how well they were found.")
    private @Nullable Path labels;

    @Override
    public Integer call() throws Exception {
        Options options = options();
        expectFolder("--output", output);
        if (nabLayout != null) {
            expectFolder("--nab-layout", nabLayout);
        }
        CsvSource source = CsvSource.open(
                "--input", input, csvOptions.of(Fields.of(options).names()));
        NabLayout nab = nabLayout == null ? null : new NabLayout(nabLayout, input);
        LabelMetrics labelled = labels == null
                ? null
                : new LabelMetrics(
                        Labels.read(labels), options.get(InputOptions.STEP).toMillis());
        try {
            Report.write(output, replay(options, source, nab, labelled));
        } catch (FileSystemException e) {
            throw e; // names its file
        } catch (IOException | UncheckedIOException e) {
            Throwable trouble = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
            throw new IOException(
                    output + ": expected room for the results, found trouble: " + trouble.getMessage(), e);
        }
        System.out.println("eddy backtest: open " + output.resolve(Report.FILE) + " in a browser");
        return 0;
    }

    private static void expectFolder(String option, Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(option + ": expected a folder, found the file " + folder);
        }
    }

    private Report.Facts replay(
            Options options, CsvSource source, @Nullable NabLayout nab, @Nullable LabelMetrics labelled)
            throws IOException {
        long began = System.nanoTime();
        Progress progress = new Progress("eddy backtest");
        try (BacktestFiles files = new BacktestFiles(output, nab, labelled)) {
            Backtest backtest = new Backtest(options, start(options), !noTrain, files);
            StepAggregator steps =
                    new StepAggregator(options.get(InputOptions.STEP).toMillis(), backtest::add);
            CsvRows rows = source.read(files::reject);
            warn(files.trouble());
            long all = rows.size();
            long[] done = {0};
            FieldRows readings = new FieldRows(Fields.of(options), steps::add);
            rows.forEachInTimeOrder(row -> {
                readings.add(row);
                progress.show(++done[0], all, () -> "weights " + backtest.version());
            });
            readings.flush();
            steps.flush();
            progress.end();
            String repeated = repeated(steps.repeated());
            warn(repeated);
            double seconds = (System.nanoTime() - began) / 1e9;
            Map<String, Map<String, Double>> perSeries = backtest.metrics();
            Map<String, Double> overall = mean(perSeries);
            Map<String, Object> totals = new LinkedHashMap<>();
            totals.put("readings", readings.count());
            totals.put("readings_per_second", Math.round(readings.count() / seconds));
            totals.put("weights", backtest.version());
            warn(labelled == null ? null : labelled.trouble(perSeries.keySet()));
            Map<String, Double> found = labelled == null ? Map.of() : labelled.metrics();
            if (labelled != null) {
                totals.put("labels", found);
            }
            files.summary(totals, overall, perSeries);
            System.out.println(line(files, perSeries.size(), readings.count(), seconds, overall, backtest.version())
                    + line(found));
            return new Report.Facts(
                    command(),
                    String.valueOf(input.toAbsolutePath().normalize().getFileName()),
                    readings.count(),
                    files.rejects(),
                    repeated,
                    files.events(),
                    backtest.version(),
                    overall,
                    perSeries,
                    found,
                    files.rounds(),
                    backtest.byHorizon(),
                    files.pValues(),
                    options);
        }
    }

    private static void warn(@Nullable String trouble) {
        if (trouble != null) {
            System.err.println("eddy backtest: " + trouble);
        }
    }

    private static @Nullable String repeated(long readings) {
        return readings == 0
                ? null
                : readings + (readings == 1 ? " reading has" : " readings have")
                        + " the time of the one before; without --step every row is a step, and errors count it, too; with it they are averaged";
    }

    private @Nullable WeightsVersion start(Options options) {
        WeightsVersion shipped = noWeights ? null : BaseWeights.shipped(options);
        if (shipped == null && !noWeights) {
            warn(
                    "the weights that ship are of another network than model.* asks for; it starts without, as with --no-weights");
        }
        return shipped;
    }

    /** How to repeat it; where the results go is left open, so that they are the same wherever they go. */
    private String command() {
        StringBuilder line = new StringBuilder("./eddy backtest --input " + quoted(input.toString()) + " --output DIR");
        add(line, "--config", config);
        add(line, "--model", model.id());
        add(line, "--step", step);
        add(line, "--horizon", horizon);
        add(line, "--season", season);
        csvOptions.all().forEach(option -> add(line, option.name(), option.value()));
        add(line, "--labels", labels);
        line.append(noTrain ? " --no-train" : "").append(noWeights ? " --no-weights" : "");
        return line.toString();
    }

    private static void add(StringBuilder line, String name, @Nullable Object value) {
        if (value != null) {
            line.append(' ').append(name);
            line.append(value.toString().isEmpty() ? "" : " " + quoted(value.toString()));
        }
    }

    /** As a shell reads it. */
    private static String quoted(String text) {
        return text.matches("[\\w./:=@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private Options options() {
        Options options = model.of(config == null ? Options.of(Map.of()) : Options.ofFile(config));
        // A file for the jobs says how long their steps are; a backtest takes the rows as they come unless told
        // otherwise here.
        options = with(options, InputOptions.STEP, "--step", step == null ? "0ms" : step);
        options = with(options, ForecastOptions.HORIZON, "--horizon", horizon);
        return with(options, ModelOptions.SEASON, "--season", season);
    }

    /** An error calls the option as it was given. */
    private static Options with(
            Options options, io.eddy.connectors.Option<?> option, String name, @Nullable String value) {
        try {
            return value == null ? options : options.with(option, value);
        } catch (IllegalArgumentException e) {
            String text = String.valueOf(e.getMessage());
            throw new IllegalArgumentException(
                    text.replaceFirst("^" + Pattern.quote(option.key()) + ":", name + ":"), e);
        }
    }

    /** Mean over the series that have the metric, with equal weight. */
    private static Map<String, Double> mean(Map<String, Map<String, Double>> perSeries) {
        Map<String, double[]> sums = new LinkedHashMap<>();
        perSeries
                .values()
                .forEach(metrics -> metrics.forEach((name, value) -> {
                    double[] sum = sums.computeIfAbsent(name, n -> new double[2]);
                    sum[0] += value;
                    sum[1]++;
                }));
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, sum[0] / sum[1]));
        return means;
    }

    private static String line(Map<String, Double> labelled) {
        StringBuilder line = new StringBuilder();
        labelled.forEach((name, value) -> line.append(
                String.format(Locale.ROOT, name.startsWith("labelled_") ? " %s=%.0f" : " %s=%.3f", name, value)));
        return line.toString();
    }

    private static String line(
            BacktestFiles files, int series, long rows, double seconds, Map<String, Double> overall, long version) {
        Map<String, Double> m = new TreeMap<>(overall);
        return String.format(
                Locale.ROOT,
                "eddy backtest: series=%d readings=%d scores=%d events=%d rejects=%d weights=%d mase=%.3f"
                        + " mase_seasonal_naive=%.3f mase_naive=%.3f mase_autoregression=%.3f coverage_95=%.3f readings_per_second=%.0f",
                series,
                rows,
                files.scores(),
                files.events(),
                files.rejects(),
                version,
                m.getOrDefault("mase", Double.NaN),
                m.getOrDefault("mase_seasonal_naive", Double.NaN),
                m.getOrDefault("mase_naive", Double.NaN),
                m.getOrDefault("mase_autoregression", Double.NaN),
                m.getOrDefault("coverage_95", Double.NaN),
                rows / seconds);
    }
}
