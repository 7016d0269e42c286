package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.connectors.Options;
import io.eddy.model.network.Classifier;
import io.eddy.model.network.Weights;
import io.eddy.model.network.WeightsVersion;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the band of the champion's loss is learnt anew for. */
class DriftWatchTest {
    private static final int HIDDEN = 4;
    private static final int STEPS = 12;
    private static final Options OPTIONS = Options.of(Map.of(
            "model.hidden", String.valueOf(HIDDEN),
            "forecast.horizon", "2",
            "train.window_steps", String.valueOf(STEPS)));

    private final Random random = new Random(6);
    private final Training training = new Training(OPTIONS);

    @Test
    void aVersionWithTheSameNetworkKeepsTheBand() {
        Weights network = Network.random(NetworkShape.of(OPTIONS), 0.01, 1).weights();
        watch(new WeightsVersion(1, network), 70);
        double band = training.championBand();
        assertThat(band).isPositive();

        Classifier classifier = new Classifier(new float[HIDDEN], 0, 0);
        Weights read = Weights.fromBytes(network.withClassifier(classifier).toBytes());
        watch(new WeightsVersion(2, read), 1);
        assertThat(training.championBand()).isEqualTo(band);
        watch(new WeightsVersion(3, network), 1);
        assertThat(training.championBand()).isEqualTo(band);

        Weights other = Network.random(NetworkShape.of(OPTIONS), 0.01, 2).weights();
        watch(new WeightsVersion(4, other), 1);
        assertThat(training.championBand()).isNaN();
    }

    private void watch(WeightsVersion champion, int windows) {
        int inputs = NetworkShape.of(OPTIONS).inputs();
        for (int k = 0; k < windows; k++) {
            training.add(new TrainingWindow("a", k, STEPS, gaussians(STEPS * inputs), gaussians(STEPS * 2)), champion);
        }
    }

    private float[] gaussians(int count) {
        float[] values = new float[count];
        for (int k = 0; k < count; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return values;
    }
}
