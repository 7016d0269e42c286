package io.eddy.train;

import io.eddy.connectors.Control;
import io.eddy.connectors.Fields;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.jspecify.annotations.Nullable;

/**
 * What is kept across restarts between the rounds of one model.
 *
 * @param told what people have said
 * @param labelled the windows that they have spoken of; null where no classifier is asked for
 */
record TrainState(
        Versions versions, ToldAnomalies told, @Nullable LabelledWindows labelled) {
    /** Goes on from the state of an operator. */
    static TrainState of(OperatorStateStore store, Options options) throws Exception {
        ToldAnomalies told = new ToldAnomalies(store, Fields.of(options));
        return new TrainState(
                new Versions(store),
                told,
                options.get(ModelOptions.CLASSIFIER) ? new LabelledWindows(store, told, options) : null);
    }

    void save() throws Exception {
        versions.save();
        told.save();
        if (labelled != null) {
            labelled.save();
        }
    }

    /** Takes what people say: the windows of what they call anomalous are given up. */
    void hear(Control control, Training training) {
        if (control.feedback != null && told.take(control.feedback)) {
            training.forget(told::touches);
        }
    }

    /** Gives a window to the training, or keeps it out where somebody called it anomalous. */
    void add(TrainingWindow window, Training training) {
        if (told.touches(window)) {
            training.leaveOut(window);
        } else {
            training.add(window, versions.champion());
        }
    }
}
