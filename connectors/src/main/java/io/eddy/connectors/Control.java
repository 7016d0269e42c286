package io.eddy.connectors;

import io.eddy.Feedback;
import io.eddy.Rule;
import io.eddy.Weights;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/** What steers a running job: exactly one of its fields is there. A Flink POJO. */
public final class Control {
    public @Nullable Weights weights;
    public @Nullable Feedback feedback;
    public @Nullable Rule rule;
    /** Id of a rule that holds no longer. */
    public @Nullable String removedRule;

    public Control() {}

    /** A stream of what steers a job, one record after the other. */
    public static <T> DataStream<Control> of(DataStream<T> records, MapFunction<T, Control> one, String uid) {
        return records.map(one)
                .returns(TypeInformation.of(Control.class))
                .setParallelism(1)
                .name(uid)
                .uid(uid);
    }

    public static Control of(Weights weights) {
        Control control = new Control();
        control.weights = weights;
        return control;
    }

    public static Control of(Feedback feedback) {
        Control control = new Control();
        control.feedback = feedback;
        return control;
    }

    public static Control of(Rule rule) {
        Control control = new Control();
        control.rule = rule;
        return control;
    }

    public static Control withoutRule(String id) {
        Control control = new Control();
        control.removedRule = id;
        return control;
    }
}
