package io.eddy.connectors;

import io.eddy.ForecastStep;
import java.io.IOException;
import java.time.Instant;
import java.util.AbstractList;
import java.util.RandomAccess;
import org.apache.avro.Schema;
import org.apache.avro.generic.PrimitivesArrays.DoubleArray;
import org.apache.avro.io.Encoder;

/**
 * The steps of one forecast as plain numbers. A step is made a record for whoever asks for it; the way to the topic asks for none, which
 * spares a dozen objects a step.
 */
public final class IssuedSteps extends AbstractList<ForecastStep> implements RandomAccess {
    private static final Schema QUANTILES =
            ForecastStep.getClassSchema().getField("quantiles").schema();

    private final long issuedMillis;
    private final long stepMillis;
    private final int levels;
    /** [horizon * levels], level fastest, ascending. */
    private final double[] quantiles;

    /**
     * @param levels of each step, an odd number: the median in the middle, the widest interval outside
     * @param quantiles [horizon * levels], level fastest, ascending; copied
     */
    public IssuedSteps(long issuedMillis, long stepMillis, int levels, double[] quantiles) {
        this.issuedMillis = issuedMillis;
        this.stepMillis = stepMillis;
        this.levels = levels;
        this.quantiles = quantiles.clone();
    }

    @Override
    public int size() {
        return quantiles.length / levels;
    }

    @Override
    public ForecastStep get(int index) {
        int first = index * levels;
        DoubleArray row = new DoubleArray(levels, QUANTILES);
        for (int q = 0; q < levels; q++) {
            row.add(q, quantiles[first + q]);
        }
        ForecastStep step = new ForecastStep();
        step.setHorizonStep(index + 1);
        step.setTargetTime(Instant.ofEpochMilli(targetMillis(index)));
        step.setYhat(quantiles[first + levels / 2]);
        step.setYhatLower(quantiles[first]);
        step.setYhatUpper(quantiles[first + levels - 1]);
        step.setQuantiles(row);
        return step;
    }

    private long targetMillis(int index) {
        return issuedMillis + (index + 1) * stepMillis;
    }

    /** Writes the items of the array, field by field as {@link AvroWriters} does. */
    void write(Encoder out) throws IOException {
        int first = 0;
        for (int h = 0; h < size(); h++) {
            out.startItem();
            out.writeInt(h + 1);
            out.writeLong(targetMillis(h));
            out.writeDouble(quantiles[first + levels / 2]);
            out.writeDouble(quantiles[first]);
            out.writeDouble(quantiles[first + levels - 1]);
            out.writeArrayStart();
            out.setItemCount(levels);
            for (int q = 0; q < levels; q++) {
                out.startItem();
                out.writeDouble(quantiles[first + q]);
            }
            out.writeArrayEnd();
            first += levels;
        }
    }
}
