package io.eddy.connectors;

import java.util.List;
import java.util.stream.Stream;

/** Every option of Eddy. One file with these serves all jobs; {@code configs/reference.md} is made from this list. */
public final class EddyOptions {
    /** Options with this prefix go to Flink as they are, less the prefix. */
    public static final String FLINK_PREFIX = "flink.";

    /** All of them, in the order of the reference page. */
    public static final List<Option<?>> ALL = Stream.of(
                    KafkaOptions.ALL,
                    InputOptions.ALL,
                    ModelOptions.ALL,
                    ForecastOptions.ALL,
                    TrainOptions.ALL,
                    PostgresOptions.ALL)
            .<Option<?>>flatMap(List::stream)
            .toList();

    private EddyOptions() {}
}
