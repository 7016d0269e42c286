package io.eddy.train;

import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.model.network.WeightsVersion;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of one model's versions, kept across restarts: its champion, and which number is the newest. */
final class Versions {
    private static final Logger LOG = LoggerFactory.getLogger(Versions.class);

    private final ListState<Weights> state;
    private @Nullable Weights champion;
    /** The champion's weights, decoded once. */
    private @Nullable WeightsVersion decoded;
    /** The newest rejected version, without its tensors: its number must not be given again. */
    private @Nullable Weights newestRejected;

    /** Goes on from the state of an operator. */
    Versions(OperatorStateStore store) throws Exception {
        state = store.getListState(new ListStateDescriptor<>("champion", new AvroTypeInfo<>(Weights.class)));
        for (Weights weights : state.get()) {
            if (weights.getStatus() == WeightsStatus.champion) {
                use(weights);
            } else {
                newestRejected = weights;
            }
        }
    }

    void save() throws Exception {
        state.clear();
        if (champion != null) {
            state.add(champion);
        }
        if (newestRejected != null) {
            state.add(newestRejected);
        }
    }

    /**
     * Takes a version of this model from the topic.
     *
     * @return whether it is a newer champion; one that cannot be read is none
     */
    boolean take(Weights weights) {
        if (weights.getStatus() != WeightsStatus.champion) {
            rejected(weights);
            return false;
        }
        if (weights.getVersion() <= version() || !isReadable(weights)) {
            return false;
        }
        use(weights);
        return true;
    }

    void use(Weights weights) {
        champion = weights;
        decoded = decode(weights);
    }

    void rejected(Weights weights) {
        if (newestRejected == null || weights.getVersion() > newestRejected.getVersion()) {
            newestRejected = Weights.newBuilder(weights)
                    .setTensors(ByteBuffer.allocate(0))
                    .build();
        }
    }

    /** Of the champion; 0: there is none. */
    long version() {
        return champion == null ? 0 : champion.getVersion();
    }

    /** The newest number of all. */
    long newest() {
        return Math.max(version(), newestRejected == null ? 0 : newestRejected.getVersion());
    }

    @Nullable
    WeightsVersion champion() {
        return decoded;
    }

    /** Event time of the newest window that the champion was trained on; {@link Long#MIN_VALUE}: not known. */
    long trainedToMillis() {
        Double millis = champion == null ? null : champion.getMetrics().get(RoundRecord.TRAINED_TO);
        return millis == null ? Long.MIN_VALUE : millis.longValue();
    }

    /** Anyone may write to the topic: what cannot be read must not end the job at the next round. */
    static boolean isReadable(Weights weights) {
        try {
            decode(weights);
            return true;
        } catch (IllegalArgumentException e) {
            LOG.error("weights {} passed over: {}", weights.getVersion(), e.getMessage());
            return false;
        }
    }

    static WeightsVersion decode(Weights weights) {
        return new WeightsVersion(weights.getVersion(), io.eddy.model.network.Weights.fromBytes(weights.getTensors()));
    }
}
