package io.eddy.train;

import io.eddy.Feedback;
import io.eddy.FeedbackType;
import io.eddy.connectors.Control;
import io.eddy.connectors.Options;
import java.time.Instant;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The operator that deals windows to trainers, and what people say to it. */
final class TestingDeal {
    private static final long MINUTE = 60_000;

    private TestingDeal() {}

    /** @param state to go on from; null: none */
    static TwoInputStreamOperatorTestHarness<TrainingWindow, Control, RoundPlan> open(
            Options options, @Nullable OperatorSubtaskState state) throws Exception {
        var job = new TwoInputStreamOperatorTestHarness<>(new CoProcessOperator<>(new DealFunction(options)));
        job.setup(RoundPlanSerializer.INSTANCE);
        if (state != null) {
            job.initializeState(state);
        }
        job.open();
        return job;
    }

    static void say(
            TwoInputStreamOperatorTestHarness<TrainingWindow, Control, RoundPlan> job,
            String series,
            FeedbackType type,
            int fromMinute,
            int toMinute)
            throws Exception {
        say(job, series, null, type, fromMinute, toMinute);
    }

    /** The same of one target. */
    static void say(
            TwoInputStreamOperatorTestHarness<TrainingWindow, Control, RoundPlan> job,
            String series,
            @Nullable String target,
            FeedbackType type,
            int fromMinute,
            int toMinute)
            throws Exception {
        Feedback feedback = new Feedback(
                series,
                Instant.ofEpochMilli(fromMinute * MINUTE),
                Instant.ofEpochMilli(toMinute * MINUTE),
                type,
                "",
                "test",
                Instant.EPOCH,
                target);
        job.processElement2(Control.of(feedback), 0);
    }
}
