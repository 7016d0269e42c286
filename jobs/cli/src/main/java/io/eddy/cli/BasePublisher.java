package io.eddy.cli;

import io.eddy.Weights;
import io.eddy.cli.pretrain.BaseWeights;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the weights that ship on the topic of weights, so that the first steps of a series have a network already. */
final class BasePublisher {
    private BasePublisher() {}

    /**
     * Publishes them for each model that has no version yet and whose shape suits them: all of them start from the same base.
     *
     * @return the names of these models
     */
    static List<String> publish(Options options) throws InterruptedException {
        List<String> published = new ArrayList<>();
        for (Options model : options.models()) {
            Weights record = BaseWeights.shippedRecord(model);
            if (record != null && WeightsTopic.read(model).begin(record)) {
                published.add(model.get(ModelOptions.MODEL_ID));
            }
        }
        return published;
    }

    /** What is to be said of models that have no version yet and begin without one; null for nothing. */
    static @Nullable String without(Options options) throws InterruptedException {
        List<String> names = new ArrayList<>();
        for (Options model : options.models()) {
            if (BaseWeights.shippedRecord(model) == null
                    && WeightsTopic.read(model).versions().isEmpty()) {
                names.add(model.get(ModelOptions.MODEL_ID));
            }
        }
        return names.isEmpty()
                ? null
                : "the weights that ship are of another network than model.* asks for: " + String.join(", ", names)
                        + "; the experts forecast until the train job publishes a version";
    }
}
