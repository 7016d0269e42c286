package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PinballLossTest {
    private static final double[] LEVELS = {0.1, 0.5, 0.9};
    private static final IActivation IDENTITY = new ActivationIdentity();
    private final PinballLoss loss = new PinballLoss(LEVELS);

    @Test
    void weighsErrorsByTheLevel() {
        assertThat(PinballLoss.of(0.9, 3, 1)).isEqualTo(1.8, within(1e-12));
        assertThat(PinballLoss.of(0.9, 1, 3)).isEqualTo(0.2, within(1e-12));
    }

    @Test
    void gradientIsThatOfTheScore() {
        // Two rows, a horizon of two; one target unknown.
        float unknown = Float.NaN;
        INDArray labels =
                Nd4j.create(new float[][] {{1, 1, 1, unknown, unknown, unknown}, {-2, -2, -2, 0.5f, 0.5f, 0.5f}});
        INDArray outputs = Nd4j.create(new float[][] {{-1, 0.5f, 2, 1, 2, 3}, {-3, -2.5f, -1, 0, 1, 2}});
        INDArray gradient = loss.computeGradient(labels, outputs, IDENTITY, null);
        float delta = 0.0625f;
        for (int row = 0; row < outputs.rows(); row++) {
            for (int column = 0; column < outputs.columns(); column++) {
                double slope =
                        (score(labels, outputs, row, column, delta) - score(labels, outputs, row, column, -delta))
                                / (2 * delta);
                assertThat(gradient.getDouble(row, column)).isEqualTo(slope, within(1e-6));
            }
        }
        assertThat(gradient.getDouble(0, 4)).isZero();
    }

    private double score(INDArray labels, INDArray outputs, int row, int column, float delta) {
        INDArray moved = outputs.dup();
        moved.putScalar(row, column, outputs.getFloat(row, column) + delta);
        return loss.computeScore(labels, moved, IDENTITY, null, false);
    }

    @Test
    void doesNotDependOnTheOrderInMemory() {
        INDArray labels = Nd4j.create(new float[][] {{1, 1, 1}, {2, 2, 2}});
        INDArray outputs = Nd4j.create(new float[][] {{0, 2, 3}, {4, 5, -6}});
        INDArray gradient = loss.computeGradient(labels, outputs, IDENTITY, null);
        assertThat(loss.computeGradient(labels.dup('f'), outputs.dup('f'), IDENTITY, null))
                .isEqualTo(gradient);
    }

    @Test
    void unknownTargetsAloneGiveNoLoss() {
        INDArray labels = Nd4j.valueArrayOf(new long[] {2, 3}, Double.NaN, DataType.FLOAT);
        INDArray outputs = Nd4j.ones(DataType.FLOAT, 2, 3);
        assertThat(loss.computeScore(labels, outputs, IDENTITY, null, false)).isZero();
        assertThat(loss.computeGradient(labels, outputs, IDENTITY, null)
                        .sumNumber()
                        .doubleValue())
                .isZero();
    }

    @Test
    void refusesLevelsThatDoNotAscend() {
        assertThatThrownBy(() -> new PinballLoss(new double[] {0.5, 0.1}))
                .hasMessage("levels: expected ascending numbers between 0 and 1, found [0.5, 0.1]");
    }
}
