package io.eddy.bench;

import io.eddy.model.Forecaster;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Architecture.Kind;
import io.eddy.model.network.Quantiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Every kind of network and simple baselines under one budget: the same windows before a cut in time, the same gradient steps, the same hidden size,
 * judged on what comes after. Networks correct the seasonal-naive forecast, so what each is worth is its distance from that case.
 */
final class ArchitecturesBench implements Bench {
    private static final String NAME = "architectures";
    private static final int HIDDEN = 32;
    private static final double TRAINED_SHARE = 0.6;
    private static final int WARM_UPS = 3;
    private static final int ROUNDS = 9;
    private static final double ROUND_MICROS = 30_000;

    private final @Nullable Path input;
    private final boolean wide;
    private final @Nullable String timeColumn;

    /** @param input CSV files as for a backtest; null: simulated series */
    ArchitecturesBench(@Nullable Path input, boolean wide, @Nullable String timeColumn) {
        this.input = input;
        this.wide = wide;
        this.timeColumn = timeColumn;
    }

    @Override
    public String says() {
        return "Networks of hidden size " + HIDDEN + " and baselines, " + ForecastCase.HORIZON + " steps ahead, "
                + ForecastCase.BATCHES + " batches of " + ForecastCase.BATCH + " windows from the first "
                + Math.round(100 * TRAINED_SHARE) + " % of the time, judged on the rest; "
                + (input == null ? "simulated series." : input + ".");
    }

    private static List<ForecastCase> cases() {
        List<ForecastCase> cases = new ArrayList<>();
        cases.add(network("vanilla", Kind.LSTM, 1, 1));
        cases.add(network("stacked", Kind.LSTM, 2, 1));
        cases.add(network("cnn-lstm", Kind.CNN_LSTM, 1, 4));
        cases.add(network("encoder-decoder", Kind.ENCODER_DECODER, 1, 1));
        cases.add(network("bidirectional", Kind.BIDIRECTIONAL, 1, 24));
        cases.add(network("generative", Kind.GENERATIVE, 1, 64));
        cases.add(network("mlp", Kind.MLP, 1, 24));
        cases.add(new ForecastCase("ar", null, "autoregression"));
        cases.add(new ForecastCase("seasonal-naive", null, "seasonal"));
        cases.add(new ForecastCase("naive", null, "last"));
        return cases;
    }

    private static ForecastCase network(String name, Kind kind, int layers, int span) {
        return new ForecastCase(
                name,
                new Architecture(
                        Forecaster.inputs(), HIDDEN, layers, ForecastCase.HORIZON, Quantiles.COUNT, kind, span),
                "seasonal");
    }

    @Override
    public List<Row> run(Log log) throws Exception {
        List<BenchSeries> series = input == null ? BenchSeries.simulated() : BenchSeries.read(input, wide, timeColumn);
        if (series.stream().allMatch(one -> one.millis().length < 2)) {
            throw new IllegalArgumentException("--input: expected series of two steps or more, found none");
        }
        long cut = BenchSeries.cut(series, TRAINED_SHARE);
        List<ForecastCase> cases = cases();
        for (ForecastCase one : cases) {
            one.train(series, cut);
            one.judge(series, cut);
            log.line(String.format(
                    Locale.ROOT,
                    "%-16s MASE %.4f, weighted quantile loss %.4f, trained in %.1f s",
                    one.name(),
                    one.mase(),
                    one.quantileLoss(),
                    one.trainingSeconds()));
        }
        return rows(cases, micros(cases));
    }

    /** Of one step, the sides in turns, each long enough for the clock. */
    private static Map<String, Spread> micros(List<ForecastCase> cases) throws Exception {
        Interleaved turns = new Interleaved();
        Map<String, Spread> rough = new LinkedHashMap<>();
        for (ForecastCase one : cases) {
            rough.putAll(new Interleaved().side(one.name(), () -> one.step(20)).microsPerOperation(5, 3));
            double micros = Objects.requireNonNull(rough.get(one.name())).median();
            int count = (int) Math.max(20, ROUND_MICROS / micros);
            turns.side(one.name(), () -> one.step(count));
        }
        return turns.microsPerOperation(WARM_UPS, ROUNDS);
    }

    /** Accuracy beside the seasonal-naive case, cost beside the vanilla one. */
    private static List<Row> rows(List<ForecastCase> cases, Map<String, Spread> micros) {
        List<Row> rows = new ArrayList<>();
        for (ForecastCase one : cases) {
            rows.add(Row.of(NAME, one.name(), "mase", one.mase(), ""));
            rows.add(Row.of(NAME, one.name(), "weighted_quantile_loss", one.quantileLoss(), ""));
            rows.add(Objects.requireNonNull(micros.get(one.name())).row(NAME, one.name(), "time_per_step", "us"));
            rows.add(Row.of(NAME, one.name(), "bytes_per_series", one.bytesPerSeries(), "B"));
            rows.add(Row.of(NAME, one.name(), "training", one.trainingSeconds(), "s"));
        }
        return rows.stream().map(row -> beside(row, rows)).toList();
    }

    private static Row beside(Row row, List<Row> rows) {
        boolean accuracy = row.metric().equals("mase") || row.metric().equals("weighted_quantile_loss");
        String side = accuracy ? "seasonal-naive" : "vanilla";
        return rows.stream()
                .filter(other -> other.side().equals(side) && other.metric().equals(row.metric()))
                .findFirst()
                .map(row::against)
                .orElse(row);
    }
}
