package io.eddy.train;

import io.eddy.connectors.Observation;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Flink's operator for {@link WindowFunction}: when series are given up it forgets what is kept of them, at once. Nobody else would of those from which
 * no reading comes any more, and what is kept of one takes 45 kB.
 */
final class WindowOperator extends KeyedProcessOperator<String, Observation, TrainingWindow> {
    private static final long serialVersionUID = 1L;

    /** When all series were gone through last; a restored operator does so again. */
    private transient int halvings;

    WindowOperator(WindowFunction function) {
        super(function);
    }

    @Override
    public void processElement(StreamRecord<Observation> reading) throws Exception {
        super.processElement(reading);
        SeriesSample sample = ((WindowFunction) userFunction).sample();
        if (sample.halvings() > halvings) {
            forget(sample);
        }
        halvings = sample.halvings();
    }

    private void forget(SeriesSample sample) throws Exception {
        int[] left = {0};
        getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        WindowFunction.SERIES,
                        (key, series) -> {
                            if (sample.holds((String) key)) {
                                left[0]++;
                            } else {
                                series.clear();
                            }
                        });
        sample.left(left[0]);
    }
}
