package io.eddy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.eddy.cli.OutputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eddy bench}: ratios measured side by side in one run. */
@Command(
        name = "bench",
        description =
                "Benchmarks: ratios measured side by side in one run. Without a name all of them, one after the other.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private static final int LEAST_SECONDS = 20;

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "One or more of ${COMPLETION-CANDIDATES}; anomalies needs --data.",
            completionCandidates = Names.class)
    private List<String> names = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file too.")
    private @Nullable Path json;

    @Option(names = "--seconds", paramLabel = "N", description = "How long scale measures; default ${DEFAULT-VALUE}.")
    private int seconds = 180;

    @Option(names = "--data", paramLabel = "DIR", description = "Labelled data sets, for anomalies.")
    private @Nullable Path data;

    @Option(names = "--forest", description = "Random Cut Forest too, for anomalies; it takes long.")
    private boolean forest;

    @Option(
            names = "--series",
            paramLabel = "N",
            description = "Simulated ones for anomalies; default ${DEFAULT-VALUE}.")
    private int series = 1000;

    @Option(names = "--ablation", description = "For anomalies: what each channel is worth, and the network.")
    private boolean ablation;

    @Option(
            names = "--leave-one-out",
            description = "For anomalies: each set with the scoring that is best for others.")
    private boolean leaveOneOut;

    @Option(names = "--input", paramLabel = "PATH", description = "CSV files as for a backtest, for architectures.")
    private @Nullable Path input;

    @Option(names = "--wide", description = "Every numeric column of them is a series of its own.")
    private boolean wide;

    @Option(names = "--time-column", paramLabel = "NAME", description = "Name of their column with the time.")
    private @Nullable String timeColumn;

    /** The benches by their names, in the order they run. */
    private Map<String, Supplier<Bench>> benches() {
        Map<String, Supplier<Bench>> benches = new LinkedHashMap<>();
        benches.put("kernel", KernelBench::new);
        benches.put("function", FunctionBench::new);
        benches.put("train", TrainBench::new);
        benches.put("classifier", ClassifierBench::new);
        benches.put("new-weights", NewWeightsBench::new);
        benches.put("forget", ForgetBench::new);
        benches.put("peers", PeersBench::new);
        benches.put("job", JobBench::new);
        benches.put("store", StoreBench::new);
        benches.put("architectures", () -> new ArchitecturesBench(input, wide, timeColumn));
        benches.put("scale", () -> new ScaleBench(seconds));
        benches.put(AnomaliesBench.NAME, this::anomalies);
        return benches;
    }

    private Bench anomalies() {
        Path labelled = data;
        if (labelled == null) {
            throw new IllegalArgumentException("--data: expected the folder of the labelled sets, found none");
        }
        LabelledSets.check(labelled);
        if (ablation) {
            return new AblationBench(labelled);
        }
        return leaveOneOut ? new LeaveOneOutBench(labelled) : new AnomaliesBench(labelled, forest, series);
    }

    @Override
    public Integer call() throws Exception {
        if (seconds < LEAST_SECONDS) {
            throw new IllegalArgumentException(
                    "--seconds: expected " + LEAST_SECONDS + " or more, for checkpoints to fall in, found " + seconds);
        }
        if (json != null) {
            OutputFile.check("--json", json);
        }
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, Bench> chosen : chosen().entrySet()) {
            System.out.println(chosen.getKey() + ": " + chosen.getValue().says());
            List<Row> found = chosen.getValue().run(text -> System.err.println("  " + text));
            print(found);
            rows.addAll(found);
        }
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), rows);
        }
        return 0;
    }

    /** Those that are named, or all that can run; with what they need checked before the first of them runs. */
    private Map<String, Bench> chosen() {
        Map<String, Supplier<Bench>> benches = benches();
        for (String name : names) {
            if (!benches.containsKey(name)) {
                throw new IllegalArgumentException(
                        "bench: expected one of " + String.join(", ", benches.keySet()) + ", found " + name);
            }
        }
        Map<String, Bench> chosen = new LinkedHashMap<>();
        benches.forEach((name, bench) -> {
            boolean can = data != null || !name.equals(AnomaliesBench.NAME);
            if (names.isEmpty() ? can : names.contains(name)) {
                chosen.put(name, bench.get());
            }
        });
        return chosen;
    }

    /** For the help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return new BenchCommand().benches().keySet().iterator();
        }
    }

    private static void print(List<Row> rows) {
        System.out.printf("  %-32s %-22s %12s %-16s %-25s %s%n", "case", "metric", "median", "unit", "range", "ratio");
        for (Row row : rows) {
            String range = row.low() == row.high() ? "" : number(row.low()) + " to " + number(row.high());
            String ratio = row.ratio() == null ? "" : number(row.ratio()) + " x " + row.ratioTo();
            System.out.printf(
                    "  %-32s %-22s %12s %-16s %-25s %s%n",
                    row.side(), row.metric(), number(row.value()), row.unit(), range, ratio);
        }
    }

    private static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 1000 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3g";
        return String.format(Locale.ROOT, format, value);
    }
}
