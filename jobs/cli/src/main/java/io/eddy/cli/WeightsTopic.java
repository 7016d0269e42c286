package io.eddy.cli;

import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.ShadowRecord;
import io.eddy.connectors.WeightsKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of one model on the topic weights, and what a person may do with them.
 *
 * <p>Jobs take what is newer than what they have. So a version that is used again gets a new number, and running jobs take it as they
 * take any other.
 */
final class WeightsTopic {
    private static final Logger LOG = LoggerFactory.getLogger(WeightsTopic.class);

    private final TopicRecords records;
    private final String model;
    private final AvroCodec<Weights> codec = new AvroCodec<>(Weights.class);
    /** By number; of a version that was written more than once the last word. */
    private final TreeMap<Long, Weights> versions = new TreeMap<>();
    /** The last word on the model's shadow. */
    private @Nullable Weights shadow;

    private WeightsTopic(Options options) {
        records = new TopicRecords(options, options.get(KafkaOptions.WEIGHTS));
        model = options.get(ModelOptions.MODEL_ID);
    }

    /**
     * Reads what is on the topic now.
     *
     * @param options of the model
     * @throws IllegalStateException if no broker answers, or none has the topic
     */
    static WeightsTopic read(Options options) throws InterruptedException {
        WeightsTopic topic = new WeightsTopic(options);
        topic.records.read(topic::take);
        return topic;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return; // a tombstone: compaction has taken the value away
        }
        Weights weights;
        try {
            weights = codec.decode(record.value());
        } catch (IllegalArgumentException e) {
            // Anyone may have written it, and the jobs pass it over too.
            LOG.warn("{} offset {} passed over: {}", record.topic(), record.offset(), e.getMessage());
            return;
        }
        if (!weights.getModelId().equals(model)) {
            return;
        }
        byte[] key = record.key();
        if (key != null && new String(key, StandardCharsets.UTF_8).equals(WeightsKeys.shadow(model))) {
            shadow = weights;
        } else {
            versions.put(weights.getVersion(), weights);
        }
    }

    /** All versions, oldest first. */
    Collection<Weights> versions() {
        return versions.values();
    }

    /** The version in use; null while there is none. */
    @Nullable
    Weights champion() {
        return versions.descendingMap().values().stream()
                .filter(weights -> weights.getStatus() == WeightsStatus.champion)
                .findFirst()
                .orElse(null);
    }

    /** The record of the shadow that runs; null while there is none. */
    @Nullable
    Weights shadow() {
        return shadow != null && ShadowRecord.share(shadow) > 0 ? shadow : null;
    }

    /**
     * One version.
     *
     * @throws IllegalArgumentException if it is not there, or no longer
     */
    Weights version(long number) {
        Weights weights = versions.get(number);
        if (weights == null) {
            throw new IllegalArgumentException("version: expected one of " + versions.keySet() + " of model \"" + model
                    + "\" (the topic keeps the last " + WeightsKeys.KEPT + "), found " + number);
        }
        return weights;
    }

    /** The newest version that was in use before the champion and was not rolled back. */
    Weights previous() {
        Weights current = champion();
        return versions.descendingMap().values().stream()
                .filter(weights -> weights.getStatus() == WeightsStatus.champion && weights != current)
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("version: expected an earlier champion of model \""
                        + model + "\", found none; name one with eddy weights promote"));
    }

    /** Makes a version the champion, under a new number, which is the result; ends the shadow. */
    long promote(long number, String trainer) {
        long version =
                use(Weights.newBuilder(readable(number)).setTrainer(trainer).build());
        endShadow();
        return version;
    }

    private Weights readable(long number) {
        Weights chosen = version(number);
        if (!chosen.getTensors().hasRemaining()) {
            throw new IllegalArgumentException(
                    "version: expected one with weights, found " + number + ", whose training was cut off");
        }
        io.eddy.model.network.Weights.fromBytes(chosen.getTensors());
        return chosen;
    }

    /**
     * Starts a version as the shadow, in place of another one.
     *
     * @param share of the series, above 0 and at most 1
     */
    void startShadow(long number, double share) {
        Weights chosen = readable(number);
        if (chosen == champion()) {
            throw new IllegalArgumentException("version: expected another than the one in use, found " + number);
        }
        writeShadow(ShadowRecord.start(chosen, share, Instant.now()));
    }

    /** Ends the shadow, if one runs; the result is its version, 0 for none. */
    long endShadow() {
        Weights running = shadow();
        if (running == null) {
            return 0;
        }
        writeShadow(ShadowRecord.end(running));
        return running.getVersion();
    }

    private void writeShadow(Weights record) {
        write(Map.of(WeightsKeys.shadow(model), record));
        shadow = record;
    }

    /** Makes these weights the champion, under a number of their own, which is the result. */
    long use(Weights weights) {
        Weights current = champion();
        Weights record = Weights.newBuilder(weights)
                .setModelId(model)
                .setVersion(versions.isEmpty() ? 1 : versions.lastKey() + 1)
                .setParentVersion(current == null ? 0 : current.getVersion())
                .setCreatedAt(Instant.now())
                .setStatus(WeightsStatus.champion)
                .build();
        add(record);
        return record.getVersion();
    }

    /** Writes the first version of the model as it is; false if there is one already. */
    boolean begin(Weights record) {
        if (!versions.isEmpty()) {
            return false;
        }
        add(record);
        return true;
    }

    private void add(Weights champion) {
        write(Map.of(model, champion, WeightsKeys.version(champion), champion));
        versions.put(champion.getVersion(), champion);
    }

    /** Marks a version as rolled back. */
    void rollBack(Weights weights) {
        Weights record =
                Weights.newBuilder(weights).setStatus(WeightsStatus.rolled_back).build();
        write(Map.of(WeightsKeys.version(record), record));
        versions.put(record.getVersion(), record);
    }

    private void write(Map<String, Weights> written) {
        Map<String, byte @Nullable []> values = new LinkedHashMap<>();
        written.forEach((key, weights) -> values.put(key, codec.encode(weights)));
        records.write(values);
    }
}
