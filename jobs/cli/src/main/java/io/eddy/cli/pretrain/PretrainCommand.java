package io.eddy.cli.pretrain;

import io.eddy.WeightsStatus;
import io.eddy.cli.OutputFile;
import io.eddy.model.network.Weights;
import io.eddy.train.Corpus;
import io.eddy.train.Judgement;
import io.eddy.train.Round;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains base weights on generated series. */
@Command(
        name = "pretrain",
        description = "Trains base weights on generated series; a run that was stopped goes on where it was.",
        mixinStandardHelpOptions = true)
public final class PretrainCommand implements Callable<Integer> {
    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "Where the weights go after each round; if it is there, the run goes on from it.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path output;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "60",
            description = "Rounds of training in all; default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--windows",
            paramLabel = "N",
            defaultValue = "3200",
            description = "Training windows of each round; default ${DEFAULT-VALUE}.")
    private int windows;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            defaultValue = "64",
            description = "Size of the LSTM's hidden state; default ${DEFAULT-VALUE}.")
    private int hidden;

    @Option(
            names = "--horizon",
            paramLabel = "N",
            defaultValue = "48",
            description = "Steps ahead; default ${DEFAULT-VALUE}.")
    private int horizon;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the generated series and the first weights; default ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() throws IOException {
        check("rounds", rounds >= 1, "1 or more", rounds);
        check("windows", windows >= 32, "32 or more", windows);
        check("hidden", hidden >= 4 && hidden % 4 == 0, "a multiple of 4", hidden);
        check("horizon", horizon >= 1 && horizon <= 336, "1 to 336", horizon);
        OutputFile.check("--output", output);
        Weights weights = null;
        int next = 0;
        if (Files.exists(output)) {
            io.eddy.Weights known = BaseWeights.read(output);
            same(known.getMetrics());
            weights = Weights.fromBytes(known.getTensors());
            next = known.getMetrics().getOrDefault("rounds_done", 0.0).intValue();
            System.out.printf(Locale.ROOT, "eddy pretrain: goes on after round %d of %d%n", next, rounds);
        }
        Pretraining training = new Pretraining(new Pretraining.Settings(seed, rounds, windows, hidden, horizon));
        long began = System.nanoTime();
        int first = next;
        for (; next < rounds; next++) {
            Round round = training.round(weights, next);
            Judgement judged = round.candidate();
            weights = round.weights();
            if (weights == null || judged == null) {
                throw new IllegalStateException("round " + next + ": " + round.reason());
            }
            BaseWeights.write(record(weights, round, judged, next + 1), output);
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "round %d of %d: pinball %.5f (base %.5f), median %.5f (base %.5f), coverage %.3f, %.0f s, %.0f s left%n",
                    next + 1,
                    rounds,
                    judged.pinball(),
                    round.base().pinball(),
                    judged.medianLoss(),
                    round.base().medianLoss(),
                    judged.coverage(),
                    seconds,
                    seconds / (next + 1 - first) * (rounds - next - 1));
        }
        System.out.println("eddy pretrain: wrote " + output);
        return 0;
    }

    private static void check(String name, boolean good, String rule, Object found) {
        if (!good) {
            throw new IllegalArgumentException("--" + name + ": expected " + rule + ", found " + found);
        }
    }

    private Map<String, Double> pedigree() {
        Map<String, Double> pedigree = new LinkedHashMap<>();
        pedigree.put("generator_version", (double) Corpus.VERSION);
        pedigree.put("seed", (double) seed);
        pedigree.put("rounds", (double) rounds);
        pedigree.put("windows_per_round", (double) windows);
        pedigree.put("hidden", (double) hidden);
        pedigree.put("horizon", (double) horizon);
        return pedigree;
    }

    private void same(Map<String, Double> found) {
        pedigree().forEach((name, value) -> {
            if (!value.equals(found.get(name))) {
                throw new IllegalArgumentException(output + ": expected " + name + " " + value.longValue() + ", found "
                        + found.getOrDefault(name, 0.0).longValue() + "; take another --output");
            }
        });
    }

    private io.eddy.Weights record(Weights weights, Round round, Judgement judged, int done) {
        Map<String, Double> metrics = pedigree();
        metrics.put("rounds_done", (double) done);
        metrics.put("train_pinball", round.trainLoss());
        metrics.put("pinball", judged.pinball());
        metrics.put("median_loss", judged.medianLoss());
        metrics.put("coverage_95", judged.coverage());
        metrics.put("base_pinball", round.base().pinball());
        metrics.put("base_median_loss", round.base().medianLoss());
        return io.eddy.Weights.newBuilder()
                .setModelId("base")
                .setVersion(1)
                .setParentVersion(0)
                .setCreatedAt(Instant.EPOCH)
                .setStatus(WeightsStatus.champion)
                .setArchitecture(weights.architecture().text())
                .setTensors(ByteBuffer.wrap(weights.toBytes()))
                .setMetrics(metrics)
                .setDataFrom(Instant.EPOCH)
                .setDataTo(Instant.EPOCH)
                .setTrainer("eddy pretrain, generated series only")
                .build();
    }
}
