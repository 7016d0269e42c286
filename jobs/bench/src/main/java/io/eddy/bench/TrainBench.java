package io.eddy.bench;

import io.eddy.model.Forecaster;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.train.Network;
import io.eddy.train.TrainingWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Training of one network by DL4J, with DL4J's own layers and with Eddy's passes of them; all else is the same. */
final class TrainBench implements Bench {
    private static final String NAME = "train";
    private static final int HIDDEN = 64;
    private static final int STEPS = 48;
    private static final int BATCH = 128;
    private static final int HORIZON = 24;
    private static final int WARM_UPS = 15;
    private static final int ROUNDS = 15;
    private static final double TOLERANCE = 1e-4;

    @Override
    public String says() {
        return "CPU time of one gradient step: hidden " + HIDDEN + ", " + STEPS + " steps, batch " + BATCH + ", "
                + HORIZON + " x " + Quantiles.COUNT + " outputs at every step, one thread."
                + " Rounds by one trainer and dealt to two.";
    }

    @Override
    public List<Row> run(Log log) throws Exception {
        Architecture architecture = new Architecture(Forecaster.inputs(), HIDDEN, 1, HORIZON, Quantiles.COUNT);
        List<TrainingWindow> batch = batch();
        Network plain = Network.plain(architecture, 0.001, 1);
        Network eddy = Network.random(architecture, 0.001, 1);
        for (int k = 0; k < 5; k++) {
            checkEqual(plain.fit(batch), eddy.fit(batch));
        }
        log.line("the losses of both agree within " + TOLERANCE);
        Map<String, Spread> micros = new Interleaved()
                .side("dl4j", () -> fit(plain, batch, 1))
                .side("eddy", () -> fit(eddy, batch, 8))
                .microsPerOperation(WARM_UPS, ROUNDS);
        Row dl4j = row(micros, "dl4j");
        List<Row> rows = new ArrayList<>(List.of(dl4j, row(micros, "eddy").against(dl4j)));
        rows.addAll(new TrainersBench().run(log));
        return rows;
    }

    private static Row row(Map<String, Spread> micros, String side) {
        return Objects.requireNonNull(micros.get(side)).into(1e6).row(NAME, side, "windows_per_core", "1/s");
    }

    private static long fit(Network network, List<TrainingWindow> batch, int times) {
        for (int k = 0; k < times; k++) {
            network.fit(batch);
        }
        return (long) times * batch.size();
    }

    private static void checkEqual(double expected, double found) {
        if (!(Math.abs(found - expected) <= TOLERANCE * Math.abs(expected))) {
            throw new IllegalStateException("loss: expected DL4J's " + expected + ", found " + found);
        }
    }

    private static List<TrainingWindow> batch() {
        Random random = new Random(5);
        List<TrainingWindow> batch = new ArrayList<>();
        for (int w = 0; w < BATCH; w++) {
            float[] inputs = gaussians(STEPS * Forecaster.inputs(), random);
            batch.add(new TrainingWindow("series", w, STEPS, inputs, gaussians(STEPS * HORIZON, random)));
        }
        return batch;
    }

    private static float[] gaussians(int count, Random random) {
        float[] values = new float[count];
        for (int k = 0; k < count; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return values;
    }
}
