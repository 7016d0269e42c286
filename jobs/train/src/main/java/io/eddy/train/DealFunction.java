package io.eddy.train;

import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.Control;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.TrainOptions;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the rounds of several trainers and deals out their windows; {@link TrainerFunction} and {@link JudgeFunction} do the rest.
 *
 * <p>A round is over when its record comes back on the topic weights, or another champion does; one that does not come back is given up
 * after twice the time that a trainer may take, at least ten minutes. Like {@link TrainFunction} it keeps no
 * windows in a checkpoint but those that people have spoken of; those that were dealt out are in the trainers' checkpoint, so a round that runs survives a restart.
 */
final class DealFunction extends CoProcessFunction<TrainingWindow, Control, RoundPlan> implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DealFunction.class);
    private static final long LEAST_PATIENCE_MILLIS = Duration.ofMinutes(10).toMillis();

    private final Options options;
    private transient Training training;

    @SuppressWarnings("NullAway.Init") // set by initializeState
    private transient TrainState state;

    @SuppressWarnings("NullAway.Init") // set by initializeState
    private transient ListState<Long> dealtState;

    /** Version of the round that runs; 0: none. */
    private transient long dealt;
    /** When the round was dealt, or this job began to wait for it, epoch milliseconds; 0: neither. */
    private transient long waitsSinceMillis;

    @SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before anything else
    DealFunction(Options options) {
        this.options = options;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state = TrainState.of(context.getOperatorStateStore(), options);
        dealtState = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("dealt", Types.LONG));
        for (Long version : dealtState.get()) {
            dealt = version;
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.save();
        dealtState.update(dealt == 0 ? List.of() : List.of(dealt));
    }

    @Override
    public void open(OpenContext context) {
        training = new Training(options, state.labelled());
        training.published(Math.max(dealt, state.versions().newest()));
        if (dealt <= state.versions().newest()) {
            dealt = 0; // left over from a job with several trainers before one with one
        }
        RoundMetrics.ofWindows(getRuntimeContext().getMetricGroup(), training, state.versions()::version);
    }

    @Override
    public void processElement1(TrainingWindow window, Context context, Collector<RoundPlan> out) {
        state.add(window, training);
        long now = context.timerService().currentProcessingTime();
        if (!isRunning(now) && training.isDue()) {
            RoundPlan plan =
                    training.plan(state.versions().champion(), state.versions().trainedToMillis());
            dealt = plan.version();
            waitsSinceMillis = now;
            plan.deal(options.get(TrainOptions.TRAINERS)).forEach(out::collect);
        }
    }

    private boolean isRunning(long nowMillis) {
        if (dealt == 0) {
            return false;
        }
        waitsSinceMillis = waitsSinceMillis == 0 ? nowMillis : waitsSinceMillis;
        long patience = Math.max(
                LEAST_PATIENCE_MILLIS,
                2 * options.get(TrainOptions.TRAINER_TIMEOUT).toMillis());
        if (nowMillis - waitsSinceMillis > patience) {
            LOG.warn("round {} given up: no record of it on the topic weights after {} s", dealt, patience / 1000);
            dealt = 0;
        }
        return dealt != 0;
    }

    @Override
    public void processElement2(Control control, Context context, Collector<RoundPlan> out) {
        state.hear(control, training);
        Weights weights = control.weights;
        if (weights == null || !weights.getModelId().equals(options.get(ModelOptions.MODEL_ID))) {
            return;
        }
        training.published(weights.getVersion());
        boolean mine = weights.getVersion() == dealt;
        if (mine && weights.getStatus() == WeightsStatus.rejected) {
            boolean candidate = weights.getTensors().hasRemaining() && Versions.isReadable(weights);
            training.ended(candidate ? Versions.decode(weights).weights() : null);
        }
        if (state.versions().take(weights) || mine) {
            dealt = 0;
        }
    }
}
