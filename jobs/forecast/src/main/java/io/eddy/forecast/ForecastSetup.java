package io.eddy.forecast;

import io.eddy.Rule;
import io.eddy.connectors.Fields;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.RuleFile;
import io.eddy.model.Forecaster;
import io.eddy.model.Threshold;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one model of the job runs with.
 *
 * @param modelId whose weights are taken, and which the outputs name
 * @param options those of the arithmetic; their step is that of the readings, 0: every reading is one
 * @param threshold a level that series should not reach, where none has its own; null for none
 * @param maxSeries that may be remembered on the heap, about; 0: any number
 * @param allowedLateness milliseconds after the end of a step within which a reading corrects it, 0: not at all
 * @param staleAfter milliseconds after the newest data that the weights were made of, 0: never
 * @param feedbackTopic that a reject names where feedback is not taken
 * @param fileRules those that hold from the start; one of the topic with the same id takes the place of one of these
 */
record ForecastSetup(
        String modelId,
        Fields fields,
        Forecaster.Options options,
        Emission emission,
        @Nullable Threshold threshold,
        int maxSeries,
        long allowedLateness,
        long staleAfter,
        String feedbackTopic,
        List<Rule> fileRules)
        implements Serializable {

    /** Reads the file of rules, if there is one. */
    static ForecastSetup of(Options options) {
        String threshold = options.get(ForecastOptions.THRESHOLD);
        return new ForecastSetup(
                options.get(ModelOptions.MODEL_ID),
                Fields.of(options),
                ForecastJob.forecasterOptions(options),
                Emission.of(options),
                threshold.isEmpty() ? null : Threshold.of(threshold),
                options.get(InputOptions.MAX_SERIES),
                options.get(InputOptions.ALLOWED_LATENESS).toMillis(),
                options.get(ModelOptions.STALE_AFTER).toMillis(),
                options.get(KafkaOptions.FEEDBACK),
                RuleFile.of(options));
    }

    /** Length of a step; 0: every reading is one. */
    long stepMillis() {
        return options.stepMillis();
    }
}
