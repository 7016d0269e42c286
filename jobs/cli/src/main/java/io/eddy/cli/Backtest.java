package io.eddy.cli;

import io.eddy.Event;
import io.eddy.Forecast;
import io.eddy.Score;
import io.eddy.cli.page.HorizonErrors;
import io.eddy.connectors.Fields;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.RuleFile;
import io.eddy.connectors.StepMean;
import io.eddy.forecast.ForecastJob;
import io.eddy.forecast.Records;
import io.eddy.forecast.Rules;
import io.eddy.forecast.SeriesRule;
import io.eddy.model.Accuracy;
import io.eddy.model.AlarmRule;
import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Incident;
import io.eddy.model.Listener;
import io.eddy.model.Memory;
import io.eddy.model.OpenSteps;
import io.eddy.model.TrainingSeries;
import io.eddy.model.network.WeightsVersion;
import io.eddy.train.Training;
import io.eddy.train.WindowFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The two jobs as one loop over steps in event-time order: the same step of a series, the same windows, the same rounds. A round
 * runs between two steps, on what came before; so the outcome depends on the data alone.
 */
final class Backtest {
    /** Takes what the jobs would write to their topics. */
    interface Output {
        /**
         * The score of a step.
         *
         * @param name of the series and target, as {@link Fields#shown} gives it
         * @param alert the evidence where a person is to be told, 0 where not; 1 is the false-alarm rate
         */
        void score(String name, Score score, double alert);

        void forecast(Forecast forecast);

        void event(Event event);

        void round(Training.Outcome outcome, boolean published);
    }

    private static final double[] NO_COVARIATES = {};

    private static final class Series {
        final String key;
        final Memory memory = new Memory();
        final Accuracy accuracy;
        final HorizonErrors byHorizon;
        /** Null without training. */
        final @Nullable TrainingSeries training;

        Series(String key, @Nullable TrainingSeries training, int horizon) {
            this.key = key;
            this.training = training;
            accuracy = new Accuracy(horizon);
            byHorizon = new HorizonErrors(horizon, Long.MAX_VALUE);
        }
    }

    private final Forecaster forecaster;
    private final Listener listener;
    /** The series to ask at a time whether they have fallen silent. */
    private final TreeMap<Long, List<Series>> due = new TreeMap<>();

    private final Rules rules;
    private final Answer answer;
    private final WindowFunction windows;
    private final @Nullable FineTuning training;
    /** Place among the members of the forecast; below 0 where the configured experts leave it out. */
    private final int autoregression;

    private final Fields fields;
    private final int horizon;
    private final long stepMillis;
    private final String modelId;
    private final Output output;
    private final TreeMap<String, Series> series = new TreeMap<>();
    private @Nullable WeightsVersion weights;

    /**
     * @param start weights that fit; null: none, as before the first round
     * @param train whether rounds of training run; without, the weights stay as they are at the start
     */
    Backtest(Options options, @Nullable WeightsVersion start, boolean train, Output output) {
        this.output = output;
        modelId = options.get(ModelOptions.MODEL_ID);
        fields = Fields.of(options);
        horizon = options.get(ForecastOptions.HORIZON);
        stepMillis = options.get(InputOptions.STEP).toMillis();
        forecaster = new Forecaster(ForecastJob.forecasterOptions(options));
        listener = new Listener(ForecastJob.forecasterOptions(options));
        weights = start == null ? null : new WeightsVersion(start.version(), forecaster.fitted(start.weights()));
        autoregression = forecaster.members().indexOf("autoregression");
        rules = new Rules(RuleFile.of(options), stepMillis);
        answer = new Answer(horizon);
        windows = new WindowFunction(options);
        training = train ? new FineTuning(options, weights) : null;
    }

    /** One step of one series; steps come in the order of their time. */
    void add(FieldMeans means) {
        while (!due.isEmpty() && due.firstKey() <= means.timeMillis()) {
            Map.Entry<Long, List<Series>> first = due.pollFirstEntry();
            first.getValue().forEach(one -> listen(one, first.getKey()));
        }
        double[] covariates = fields.covariates(means.values());
        for (int target = 0; target < fields.targets().size(); target++) {
            int place = fields.place(target);
            Series one = series.computeIfAbsent(fields.key(means.series(), target), this::newSeries);
            add(
                    one,
                    new StepMean(
                            means.series(),
                            fields.targets().get(target),
                            Map.of(),
                            means.timeMillis(),
                            judged(one.memory.inbox().open(), means, place),
                            means.readings()[place]),
                    covariates);
        }
    }

    /** What a counter has grown by follows from its highest and its newest value. */
    private double judged(OpenSteps open, FieldMeans means, int place) {
        if (!open.isCounter()) {
            return means.values()[place];
        }
        long start = means.timeMillis();
        open.add(start, start, means.highest()[place], NO_COVARIATES);
        open.add(start, start + 1, means.newest()[place], NO_COVARIATES);
        return open.close(start, stepMillis);
    }

    private Series newSeries(String key) {
        Series one = new Series(key, training == null ? null : windows.newSeries(key), horizon);
        one.memory.inbox().open().begin(fields.areCounters());
        return one;
    }

    private void add(Series one, StepMean step, double[] covariates) {
        long last = one.memory.lastMillis();
        if (stepMillis > 0 && last != Long.MIN_VALUE) {
            long missing = (step.timeMillis() - last) / stepMillis - 1;
            one.accuracy.skip(missing);
        }
        SeriesRule rule = rules.of(step);
        AlarmRule alarms = rule == null ? null : rule.at(step.timeMillis());
        one.memory.covariates(fields.covariates(), covariates);
        forecaster.step(one.memory, weights, step.timeMillis(), step.value(), step.readings(), true, alarms, answer);
        one.byHorizon.judge(answer.y, one.accuracy.waiting());
        one.accuracy.add(answer, autoregression < 0 ? null : forecaster.member(autoregression));
        tell(one, step, rule);
        ask(one, answer.listenMillis);
        Forecast forecast = Records.forecast(step, answer, modelId);
        if (forecast != null) {
            output.forecast(forecast);
        }
        if (training != null && one.training != null) {
            learn(training, one.training, step, covariates);
        }
    }

    private void tell(Series one, StepMean step, @Nullable SeriesRule rule) {
        Incident incident = one.memory.incident();
        output.score(
                Fields.shown(one.key),
                Records.score(step, answer, incident, rule, modelId, Instant.EPOCH),
                answer.alert);
        Records.events(step.series(), step.target(), answer.change, incident).forEach(output::event);
    }

    private void ask(Series one, long atMillis) {
        if (atMillis != Listener.NEVER && Fields.isFirst(one.key)) {
            due.computeIfAbsent(atMillis, none -> new ArrayList<>()).add(one);
        }
    }

    /** Whether a series has fallen silent; time is that of the steps of all series. */
    private void listen(Series one, long atMillis) {
        StepMean newest =
                new StepMean(one.key, fields.targets().get(0), Map.of(), atMillis - stepMillis, Double.NaN, 0);
        SeriesRule rule = rules.of(newest);
        Incident incident = one.memory.incident();
        List<Event> closed = Records.events(
                newest.series(),
                newest.target(),
                incident.isOpen() ? Incident.Change.CLOSE : Incident.Change.NONE,
                incident);
        AlarmRule alarms = rule == null ? null : rule.at(newest.timeMillis());
        ask(one, listener.ask(one.memory, weights, atMillis, alarms, answer));
        if (answer.change != Incident.Change.NONE) {
            closed.forEach(output::event);
        }
        if (answer.rawScore > 0) {
            tell(one, newest, rule);
        }
    }

    private void learn(FineTuning rounds, TrainingSeries one, StepMean step, double[] covariates) {
        WeightsVersion before = weights;
        String key = fields.key(step.series(), step.target());
        Training.Outcome outcome = rounds.learn(one, key, step.timeMillis(), step.value(), covariates);
        weights = rounds.weights();
        if (outcome != null) {
            output.round(outcome, weights != before);
        }
    }

    /** Version of the weights in use; 0: none. */
    long version() {
        return weights == null ? 0 : weights.version();
    }

    /** The metrics of each series and target, by name. */
    Map<String, Map<String, Double>> metrics() {
        Map<String, Map<String, Double>> metrics = new TreeMap<>();
        series.forEach((key, one) -> metrics.put(Fields.shown(key), one.accuracy.metrics()));
        return metrics;
    }

    /** Errors and coverage by horizon, the mean over all series. */
    HorizonErrors.Summary byHorizon() {
        return HorizonErrors.summarise(
                series.values().stream().map(one -> one.byHorizon).toList(), horizon);
    }
}
