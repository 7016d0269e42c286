package io.eddy.forecast;

import io.eddy.Event;
import io.eddy.Feedback;
import io.eddy.FeedbackType;
import io.eddy.Forecast;
import io.eddy.Reading;
import io.eddy.Reject;
import io.eddy.Rule;
import io.eddy.Score;
import io.eddy.Weights;
import io.eddy.connectors.Control;
import io.eddy.connectors.EmitOn;
import io.eddy.connectors.Fields;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Observation;
import io.eddy.connectors.Options;
import io.eddy.model.Forecaster;
import io.eddy.model.Shadow;
import io.eddy.model.Threshold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** The forecast function in Flink's operator harness, as a user meets it: steps of a minute in, answers out. */
final class ForecastHarness implements AutoCloseable {
    private static final GoneSeries NEVER_GONE = new GoneSeries(0, 0);
    static final int WARM_UP = 20;
    static final int MERGE_GAP = 3;
    private static final int MOST_SUBTASKS = 2;
    private static final long MINUTE = 60_000;
    private static final Emission EVERY_STEP = new Emission(EmitOn.STEP, 1);

    private final Fields fields;
    private final ForecastOperator operator;
    private final KeyedBroadcastOperatorTestHarness<String, Observation, Control, Score> harness;

    private ForecastHarness(int horizon, Emission emission, List<Rule> fileRules, @Nullable OperatorSubtaskState state)
            throws Exception {
        this(setup(TestingOptions.of(horizon, 0), emission, null, 0, fileRules), state, 1, 0, NEVER_GONE);
    }

    private ForecastHarness(
            ForecastSetup setup, @Nullable OperatorSubtaskState state, int subtasks, int subtask, GoneSeries gone)
            throws Exception {
        fields = setup.fields();
        operator = new ForecastOperator(setup, gone, null);
        harness = new KeyedBroadcastOperatorTestHarness<>(
                operator, fields::key, Types.STRING, MOST_SUBTASKS, subtasks, subtask);
        harness.setup();
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    private static ForecastSetup setup(
            Forecaster.Options options,
            Emission emission,
            @Nullable Threshold threshold,
            long lateness,
            List<Rule> fileRules) {
        return new ForecastSetup(
                TestingWeights.MODEL, Fields.ONE, options, emission, threshold, 0, lateness, 0, "feedback", fileRules);
    }

    private static ForecastHarness met(ForecastHarness job) throws Exception {
        job.weights(TestingWeights.champion(1));
        return job;
    }

    static ForecastHarness fresh() throws Exception {
        return new ForecastHarness(TestingWeights.HORIZON, EVERY_STEP, List.of(), null);
    }

    static ForecastHarness withWeights(Emission emission) throws Exception {
        return met(new ForecastHarness(TestingWeights.HORIZON, emission, List.of(), null));
    }

    /** One that was started with a file of rules; and with a state, if there is one. */
    static ForecastHarness withRules(List<Rule> fileRules, @Nullable OperatorSubtaskState state) throws Exception {
        return met(new ForecastHarness(TestingWeights.HORIZON, EVERY_STEP, fileRules, state));
    }

    /** A fresh one that has met the first version of the weights. */
    static ForecastHarness withWeights() throws Exception {
        return withWeights(EVERY_STEP);
    }

    /** One that corrects steps for so many minutes after their end. */
    static ForecastHarness correcting(int minutes, List<Rule> fileRules, @Nullable OperatorSubtaskState state)
            throws Exception {
        Forecaster.Options options = TestingOptions.of(TestingWeights.HORIZON, 0);
        ForecastSetup setup = setup(options, EVERY_STEP, null, minutes * MINUTE, fileRules);
        return met(new ForecastHarness(setup, state, 1, 0, NEVER_GONE));
    }

    /** One that says of each forecast when and how likely it reaches a level. */
    static ForecastHarness warning(@Nullable Threshold threshold, Weights weights) throws Exception {
        Forecaster.Options options = TestingOptions.of(TestingWeights.HORIZON, 0);
        ForecastSetup setup = setup(options, EVERY_STEP, threshold, 0, List.of());
        ForecastHarness job = new ForecastHarness(setup, null, 1, 0, NEVER_GONE);
        job.weights(weights);
        return job;
    }

    /** One that tells silence after so many steps. */
    static ForecastHarness listening(int silenceSteps, List<Rule> fileRules, @Nullable OperatorSubtaskState state)
            throws Exception {
        return listening(silenceSteps, NEVER_GONE, fileRules, state);
    }

    /** The same, which forgets series too. */
    static ForecastHarness listening(
            int silenceSteps, GoneSeries gone, List<Rule> fileRules, @Nullable OperatorSubtaskState state)
            throws Exception {
        Forecaster.Options options = TestingOptions.of(TestingWeights.HORIZON, silenceSteps);
        return met(new ForecastHarness(setup(options, EVERY_STEP, null, 0, fileRules), state, 1, 0, gone));
    }

    /** One with the fields and the allowed lateness of the options, and with weights of its own inputs. */
    static ForecastHarness of(Options options, @Nullable OperatorSubtaskState state) throws Exception {
        ForecastSetup setup = ForecastSetup.of(options.with(ModelOptions.MODEL_ID, TestingWeights.MODEL));
        ForecastHarness job = new ForecastHarness(setup, state, 1, 0, NEVER_GONE);
        job.weights(TestingWeights.withShape(
                1, TestingWeights.fitting().withExtras(setup.options().inputs().names())));
        return job;
    }

    static ForecastHarness restored(OperatorSubtaskState state) throws Exception {
        return restored(state, TestingWeights.HORIZON);
    }

    static ForecastHarness restored(OperatorSubtaskState state, int horizon) throws Exception {
        return new ForecastHarness(horizon, EVERY_STEP, List.of(), state);
    }

    /** One of two subtasks that go on from where one was. */
    static ForecastHarness rescaled(OperatorSubtaskState state, int subtask) throws Exception {
        Forecaster.Options options = TestingOptions.of(TestingWeights.HORIZON, 0);
        OperatorSubtaskState share = AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MOST_SUBTASKS, 1, MOST_SUBTASKS, subtask);
        ForecastSetup setup = setup(options, EVERY_STEP, null, 0, List.of());
        return new ForecastHarness(setup, share, MOST_SUBTASKS, subtask, NEVER_GONE);
    }

    /** Whether a series belongs to one of two subtasks. */
    static boolean isOf(int subtask, String series) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(series, MOST_SUBTASKS, MOST_SUBTASKS) == subtask;
    }

    void weights(Weights weights) throws Exception {
        harness.processBroadcastElement(Control.of(weights), 0);
    }

    /** What a person says about the minutes from one to another. */
    void feedback(String series, FeedbackType type, int from, int to) throws Exception {
        feedback(series, null, type, from, to);
    }

    /** The same of one target. */
    void feedback(String series, @Nullable String target, FeedbackType type, int from, int to) throws Exception {
        Feedback feedback = new Feedback(
                series,
                Instant.ofEpochMilli(from * MINUTE),
                Instant.ofEpochMilli(to * MINUTE),
                type,
                null,
                null,
                Instant.EPOCH,
                target);
        harness.processBroadcastElement(Control.of(feedback), 0);
    }

    void rule(Rule rule) throws Exception {
        harness.processBroadcastElement(Control.of(rule), 0);
    }

    void withoutRule(String id) throws Exception {
        harness.processBroadcastElement(Control.withoutRule(id), 0);
    }

    /** The answer to one step of one reading; the clock is taken out, so that answers can be compared. */
    Score step(String series, int minute, double value) throws Exception {
        reading(series, minute * MINUTE, value);
        endOf(minute);
        List<Score> scores = harness.extractOutputValues();
        Score score = scores.get(scores.size() - 1);
        return Score.newBuilder(score).setProcessingTime(Instant.EPOCH).build();
    }

    /** A reading that joins its step. */
    void reading(String series, long millis, Double... values) throws Exception {
        reading(series, millis, Map.of("site", "north"), values);
    }

    void reading(String series, long millis, Map<String, String> labels, Double... values) throws Exception {
        Reading reading = new Reading(series, Instant.ofEpochMilli(millis), List.of(values), labels);
        List<Observation> observations = new ArrayList<>();
        fields.observe(reading, new ListCollector<>(observations));
        for (Observation observation : observations) {
            harness.processElement(observation, millis);
        }
    }

    /** The watermark passes the end of a minute. */
    void endOf(int minute) throws Exception {
        harness.watermark((minute + 1) * MINUTE - 1);
    }

    /** Answers to the usual signal, from one minute to before another. */
    List<Score> run(String series, int from, int to) throws Exception {
        List<Score> scores = new ArrayList<>();
        for (int minute = from; minute < to; minute++) {
            scores.add(step(series, minute, TestingSignal.at(series, minute)));
        }
        return scores;
    }

    List<Score> scores() {
        return harness.extractOutputValues();
    }

    List<Forecast> forecasts() {
        return side(ForecastFunction.FORECASTS);
    }

    List<Event> events() {
        return side(ForecastFunction.EVENTS);
    }

    List<Reject> rejects() {
        return side(ReadingCheck.REJECTS);
    }

    List<Shadow.Sums> shadow() {
        return side(ForecastFunction.SHADOW);
    }

    /** The memory of a series as it would be in a checkpoint. */
    byte[] memoryBytes(String series) throws Exception {
        operator.setCurrentKey(series);
        PackedMemory memory =
                operator.getRuntimeContext().getState(ForecastFunction.MEMORY).value();
        DataOutputSerializer out = new DataOutputSerializer(64);
        MemorySerializer.INSTANCE.serialize(memory, out);
        return out.getCopyOfBuffer();
    }

    private <T> List<T> side(OutputTag<T> tag) {
        var records = harness.getSideOutput(tag);
        return records == null
                ? List.of()
                : records.stream().map(StreamRecord::getValue).toList();
    }

    void end() throws Exception {
        harness.watermark(Long.MAX_VALUE);
    }

    OperatorSubtaskState snapshot() throws Exception {
        return harness.snapshot(1, 1);
    }

    int stateEntries() {
        return ((HeapKeyedStateBackend<?>) ((AbstractStreamOperator<?>) operator).<String>getKeyedStateBackend())
                .numKeyValueStateEntries();
    }

    static Instant minute(int minute) {
        return Instant.ofEpochMilli(minute * MINUTE);
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
