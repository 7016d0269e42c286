package io.eddy.train;

import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Waits for all trainers of a round, averages their weights and judges the mean. The key is the round's version. Every trainer answers,
 * see {@link TrainerFunction}, so every round ends.
 */
final class JudgeFunction extends KeyedBroadcastProcessFunction<Long, TrainerAnswer, Weights, Weights> {
    private static final long serialVersionUID = 1L;
    /** Version of the newest champion, by the name of its model. */
    static final MapStateDescriptor<String, Long> CHAMPION =
            new MapStateDescriptor<>("champion", Types.STRING, Types.LONG);

    private final Options options;
    private transient Acceptance acceptance;
    private transient RoundEnd end;
    private transient ListState<TrainerAnswer> answers;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    JudgeFunction(Options options) {
        this.options = options;
    }

    @Override
    public void open(OpenContext context) {
        acceptance = Acceptance.of(options, Rehearsal.of(options));
        end = new RoundEnd(options, new RoundMetrics(getRuntimeContext().getMetricGroup()));
        answers = getRuntimeContext()
                .getListState(new ListStateDescriptor<>("answers", TrainerAnswerSerializer.INSTANCE));
    }

    @Override
    public void processElement(TrainerAnswer answer, ReadOnlyContext context, Collector<Weights> out) throws Exception {
        answers.add(answer);
        List<TrainerAnswer> all = new ArrayList<>();
        answers.get().forEach(all::add);
        if (all.size() < answer.plan().trainers()) {
            return;
        }
        answers.clear();
        all.sort(Comparator.comparingInt(one -> one.plan().share()));
        RoundPlan plan = all.get(0).plan();
        long began = System.nanoTime();
        List<Fitted> shares = all.stream().map(TrainerAnswer::fitted).toList();
        Round round = acceptance.judge(plan, shares);
        double slowest = shares.stream().mapToDouble(Fitted::seconds).max().orElse(0);
        double seconds = slowest + (System.nanoTime() - began) / 1e9;
        Long champion = context.getBroadcastState(CHAMPION).get(options.get(ModelOptions.MODEL_ID));
        // The round's parent may be news here.
        long newest = Math.max(plan.parentVersion(), champion == null ? 0 : champion);
        Weights record = end.of(plan.outcome(round, seconds), newest);
        if (record != null) {
            out.collect(record);
        }
    }

    @Override
    public void processBroadcastElement(Weights weights, Context context, Collector<Weights> out) throws Exception {
        var champion = context.getBroadcastState(CHAMPION);
        Long known = champion.get(weights.getModelId());
        boolean newer = known == null || weights.getVersion() > known;
        if (newer && weights.getStatus() == WeightsStatus.champion && Versions.isReadable(weights)) {
            champion.put(weights.getModelId(), weights.getVersion());
        }
    }
}
