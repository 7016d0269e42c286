package io.eddy.forecast;

import io.eddy.Weights;
import io.eddy.connectors.Control;
import io.eddy.model.Forecaster;
import io.eddy.model.Shadow;
import io.eddy.model.network.WeightsVersion;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.streaming.api.functions.co.BaseBroadcastProcessFunction.ReadOnlyContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/** What reaches the forecast function by broadcast: weights in use, a shadow beside them, what people say of series, and rules. */
final class Steering {
    private final Champion champion;
    private final ShadowWeights shadows;
    private final Hearing hearing;
    private final HeldRules rules;

    /**
     * What the steps that end at one time are stepped with and judged by.
     *
     * @param champion the weights in use; null while there are none
     * @param shadow those that run beside them on a share of the series; null for none
     */
    record InForce(
            @Nullable WeightsVersion champion, @Nullable Shadow shadow, Rules rules) {}

    Steering(
            ForecastSetup setup,
            Forecaster forecaster,
            StaleWeights stale,
            KeptMemories memories,
            RuntimeContext runtime) {
        String modelId = setup.modelId();
        TaskInfo task = runtime.getTaskInfo();
        champion = new Champion(modelId, forecaster, stale, runtime.getMetricGroup(), log(Champion.class, task));
        shadows = new ShadowWeights(modelId, setup.options(), champion, log(ShadowWeights.class, task));
        hearing = new Hearing(setup, memories, task, runtime.getMetricGroup());
        rules = new HeldRules(modelId, setup.fileRules(), setup.stepMillis(), log(HeldRules.class, task));
    }

    /** A log of what every subtask is told, which is all but feedback: the first one says it, the others are silent. */
    static Logger log(Class<?> speaker, TaskInfo task) {
        return task.getIndexOfThisSubtask() == 0 ? LoggerFactory.getLogger(speaker) : NOPLogger.NOP_LOGGER;
    }

    InForce inForce(ReadOnlyContext context) throws Exception {
        ReadOnlyBroadcastState<String, Weights> weights = context.getBroadcastState(ForecastFunction.WEIGHTS);
        return new InForce(champion.in(weights), shadows.in(weights), rules(context));
    }

    /** What the shadow showed since this was asked last; null for nothing. */
    Shadow.@Nullable Sums drainShadow() {
        return shadows.drain();
    }

    Rules rules(ReadOnlyContext context) throws Exception {
        return rules.in(context.getBroadcastState(ForecastFunction.RULES));
    }

    /** Gives up what is remembered of names; it is found again for those that are left. */
    void forget() {
        rules.forget();
    }

    /** Takes a record; what it ends or why it is refused goes out. */
    void take(Control control, ForecastFunction.Context context, StepTimers timers) throws Exception {
        if (control.weights != null) {
            champion.take(control.weights, context.getBroadcastState(ForecastFunction.WEIGHTS));
            shadows.take(control.weights, context.getBroadcastState(ForecastFunction.WEIGHTS));
        }
        rules.take(control, context.getBroadcastState(ForecastFunction.RULES));
        if (control.feedback != null) {
            Rules now = rules.in(context.getBroadcastState(ForecastFunction.RULES));
            hearing.hear(control.feedback, now, timers, context);
        }
    }
}
