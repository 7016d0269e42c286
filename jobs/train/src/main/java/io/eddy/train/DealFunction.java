package io.eddy.train;

import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.EddyOptions;
import io.eddy.connectors.Options;
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

/**
 * Starts the rounds of several trainers and deals out their windows; {@link TrainerFunction} and {@link JudgeFunction} do the rest.
 *
 * <p>A round is over when its record comes back on the topic weights, or another champion does. Like {@link TrainFunction} it keeps no
 * windows in a checkpoint; those that were dealt out are in the trainers' checkpoint, so a round that runs survives a restart.
 */
final class DealFunction extends CoProcessFunction<TrainingWindow, Weights, RoundPlan> implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final Options options;
    private transient Training training;

    @SuppressWarnings("NullAway.Init") // set by initializeState
    private transient Versions versions;

    @SuppressWarnings("NullAway.Init") // set by initializeState
    private transient ListState<Long> dealtState;

    /** Version of the round that runs; 0: none. */
    private transient long dealt;

    @SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before anything else
    DealFunction(Options options) {
        this.options = options;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        versions = new Versions(context.getOperatorStateStore());
        dealtState = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("dealt", Types.LONG));
        for (Long version : dealtState.get()) {
            dealt = version;
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        versions.save();
        dealtState.update(dealt == 0 ? List.of() : List.of(dealt));
    }

    @Override
    public void open(OpenContext context) {
        training = new Training(options);
        training.published(Math.max(dealt, versions.newest()));
        RoundMetrics.ofWindows(getRuntimeContext().getMetricGroup(), training, versions::version);
    }

    @Override
    public void processElement1(TrainingWindow window, Context context, Collector<RoundPlan> out) {
        training.add(window, versions.champion());
        if (dealt == 0 && training.isDue()) {
            RoundPlan plan = training.plan(versions.champion(), versions.trainedToMillis());
            dealt = plan.version();
            plan.deal(options.get(EddyOptions.TRAINERS)).forEach(out::collect);
        }
    }

    @Override
    public void processElement2(Weights weights, Context context, Collector<RoundPlan> out) {
        if (!weights.getModelId().equals(options.get(EddyOptions.MODEL_ID))) {
            return;
        }
        training.published(weights.getVersion());
        boolean mine = weights.getVersion() == dealt;
        if (mine && weights.getStatus() == WeightsStatus.rejected) {
            boolean candidate = weights.getTensors().hasRemaining() && Versions.isReadable(weights);
            training.ended(candidate ? Versions.decode(weights).weights() : null);
        }
        if (versions.take(weights) || mine) {
            dealt = 0;
        }
    }
}
