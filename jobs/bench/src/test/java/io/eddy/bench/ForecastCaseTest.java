package io.eddy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eddy.model.Forecaster;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Architecture.Kind;
import io.eddy.model.network.Quantiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastCaseTest {
    private static final long HOUR = 3_600_000L;
    private static final int STEPS = 600;

    /** Days of 24 hours and noise that comes back for a while: the season helps most, and the noise can be learnt too. */
    private static List<BenchSeries> fleet() {
        List<BenchSeries> all = new ArrayList<>();
        Random random = new Random(3);
        for (int k = 0; k < 18; k++) {
            double noise = 0;
            long[] millis = new long[STEPS];
            double[] values = new double[STEPS];
            for (int t = 0; t < STEPS; t++) {
                noise = 0.8 * noise + random.nextGaussian();
                millis[t] = t * HOUR;
                values[t] = 100 + 20 * Math.sin(2 * Math.PI * t / 24) + noise;
            }
            all.add(new BenchSeries("s" + k, millis, values));
        }
        return all;
    }

    @Test
    void theSeasonBeatsTheLastValueAndANetworkBeatsTheSeason() throws IOException {
        List<BenchSeries> fleet = fleet();
        long cut = BenchSeries.cut(fleet, 0.6);
        ForecastCase naive = judged(new ForecastCase("naive", null, "last"), fleet, cut);
        ForecastCase seasonal = judged(new ForecastCase("seasonal-naive", null, "seasonal"), fleet, cut);
        Architecture shape =
                new Architecture(Forecaster.inputs(), 8, 1, ForecastCase.HORIZON, Quantiles.COUNT, Kind.MLP, 24);
        ForecastCase network = judged(new ForecastCase("mlp", shape, "seasonal"), fleet, cut);

        assertThat(seasonal.mase()).isLessThan(0.5 * naive.mase());
        assertThat(network.mase()).isLessThan(0.95 * seasonal.mase());
        assertThat(network.quantileLoss()).isLessThan(seasonal.quantileLoss());
        assertThat(network.bytesPerSeries()).isGreaterThan(seasonal.bytesPerSeries());
        assertThat(network.trainingSeconds()).isPositive();
        assertThat(network.step(5)).isEqualTo(5);
    }

    /** What comes after the cut does not change the weights. */
    @Test
    void trainingSeesNothingAfterTheCut() throws IOException {
        List<BenchSeries> fleet = fleet();
        long cut = BenchSeries.cut(fleet, 0.6);
        List<BenchSeries> other = fleet.stream()
                .map(one -> {
                    double[] values = one.values().clone();
                    for (int t = 0; t < STEPS; t++) {
                        values[t] = one.millis()[t] >= cut ? -values[t] : values[t];
                    }
                    return new BenchSeries(one.name(), one.millis(), values);
                })
                .toList();
        Architecture shape =
                new Architecture(Forecaster.inputs(), 4, 1, ForecastCase.HORIZON, Quantiles.COUNT, Kind.MLP, 2);
        ForecastCase first = new ForecastCase("mlp", shape, "seasonal");
        ForecastCase second = new ForecastCase("mlp", shape, "seasonal");
        first.train(fleet, cut);
        second.train(other, cut);
        first.judge(fleet, cut);
        second.judge(fleet, cut);
        assertThat(second.mase()).isEqualTo(first.mase());
    }

    @Test
    void tooLittleToTrainOnIsRefused() {
        Architecture shape = new Architecture(Forecaster.inputs(), 4, 1, ForecastCase.HORIZON, Quantiles.COUNT);
        List<BenchSeries> one = List.of(fleet().get(0));
        assertThatThrownBy(() -> new ForecastCase("vanilla", shape, "seasonal").train(one, 300 * HOUR))
                .hasMessageStartingWith("--input: expected at least 64 windows of 72 steps to train on, found ");
    }

    @Test
    void readsCsvAsABacktestDoes(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.csv"), "date,x,y\n2020-01-01 02:00:00,3,30\n2020-01-01 01:00:00,,20\n");
        List<BenchSeries> found = BenchSeries.read(folder, true, null);
        assertThat(found).extracting(BenchSeries::name).containsExactly("a/x", "a/y");
        assertThat(found.get(0).values()).containsExactly(Double.NaN, 3);
        assertThat(found.get(1).values()).containsExactly(20, 30);
        assertThat(Arrays.stream(found.get(0).millis()).boxed()).isSorted();
    }

    private static ForecastCase judged(ForecastCase one, List<BenchSeries> fleet, long cut) throws IOException {
        one.train(fleet, cut);
        one.judge(fleet, cut);
        return one;
    }
}
