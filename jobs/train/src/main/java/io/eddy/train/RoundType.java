package io.eddy.train;

import io.eddy.connectors.StateSerializer;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of a stream whose records write themselves by a serializer of their own. */
final class RoundType<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;
    static final RoundType<RoundPlan> PLAN = new RoundType<>(RoundPlan.class, RoundPlanSerializer.INSTANCE);
    static final RoundType<TrainerAnswer> ANSWER =
            new RoundType<>(TrainerAnswer.class, TrainerAnswerSerializer.INSTANCE);

    private final Class<T> type;
    private final StateSerializer<T> serializer;

    private RoundType(Class<T> type, StateSerializer<T> serializer) {
        this.type = type;
        this.serializer = serializer;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof RoundType;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoundType<?> that && that.type == type;
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }
}
