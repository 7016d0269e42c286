package io.eddy.store;

import io.eddy.Event;
import io.eddy.Forecast;
import io.eddy.Score;
import io.eddy.Weights;
import io.eddy.connectors.JobArguments;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.KafkaTopics;
import io.eddy.connectors.Option;
import io.eddy.connectors.Options;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The store job: each output topic to its table in Postgres. */
public final class StoreJob {
    private StoreJob() {}

    public static void main(String[] args) throws Exception {
        Options options = JobArguments.options(args);
        StreamExecutionEnvironment env = JobArguments.environment(options);
        define(env, options);
        env.execute("eddy store");
    }

    /**
     * The job on Kafka.
     *
     * @throws IllegalArgumentException if store.url is not set
     */
    public static void define(StreamExecutionEnvironment env, Options options) {
        StoreOptions store = StoreOptions.of(options);
        KafkaTopics kafka = new KafkaTopics(options, "store");
        waitForDatabase(env);

        DataStream<Score> scores = topic(env, kafka.storedScores(), options, KafkaOptions.SCORES);
        DataStream<Forecast> forecasts = topic(env, kafka.storedForecasts(), options, KafkaOptions.FORECASTS);
        DataStream<Event> events = topic(env, kafka.storedEvents(), options, KafkaOptions.EVENTS);
        DataStream<Weights> weights = topic(env, kafka.storedWeights(), options, KafkaOptions.WEIGHTS);

        write(scores, StoreTables.SCORES, store);
        write(scores.filter(score -> !StoreTables.isUnscored(score)), StoreTables.SERIES, store);
        write(forecasts, StoreTables.FORECASTS, store);
        write(events, StoreTables.EVENTS, store);
        write(weights, StoreTables.WEIGHTS, store);
    }

    /**
     * While the database is away the writers wait, and no checkpoint ends in time. Flink would start the job again by the first of them, which brings no
     * database back and tells everybody of checkpoints.
     */
    private static void waitForDatabase(StreamExecutionEnvironment env) {
        if (env.getConfiguration()
                .getOptional(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER)
                .isEmpty()) {
            env.getCheckpointConfig().setTolerableCheckpointFailureNumber(Integer.MAX_VALUE);
        }
    }

    /**
     * Looks whether the database is there and as the job needs it, and makes the tables where the options say so.
     *
     * @return what is wrong with it for now; null if nothing
     * @throws IOException if somebody has to change something first; the message says what
     */
    public static @Nullable String trouble(Options options) throws IOException {
        StoreOptions store = StoreOptions.of(options);
        for (StoreTable<?> table : StoreTables.ALL) {
            try (StoreDatabase database =
                    new StoreDatabase(table.name(), table.upsert(), store, false, StoreDatabase.PATIENCE)) {
                database.write(List.of(), List.of());
            } catch (SQLException e) {
                return store.url() + ": " + e.getMessage();
            }
        }
        return null;
    }

    /** Goes on from a savepoint under another name of the topic too. */
    private static <T> DataStream<T> topic(
            StreamExecutionEnvironment env, Source<T, ?, ?> source, Options options, Option<String> topic) {
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), options.get(topic))
                .uid("topic-" + topic.byDefault());
    }

    /** In the order of the topic's partitions: nothing is shuffled on the way, so that the newest row of a key is the last. */
    private static <T> void write(DataStream<T> rows, StoreTable<T> table, StoreOptions options) {
        rows.sinkTo(new StoreSink<>(table, options)).name(table.name()).uid("table-" + table.name());
    }
}
