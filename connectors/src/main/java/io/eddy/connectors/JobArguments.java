package io.eddy.connectors;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the main methods of the jobs share: {@code --config FILE} and the environment it asks for. */
public final class JobArguments {
    /** So long a reading may wait for others on its way to its key; Flink's own 100 ms would be most of the time to its score. */
    private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(20);

    static final Duration CHECKPOINTS = Duration.ofSeconds(10);

    private JobArguments() {}

    /**
     * The options of {@code --config FILE}; the defaults without arguments.
     *
     * @throws IllegalArgumentException for other arguments or a bad file; one line
     */
    public static Options options(String[] args) {
        if (args.length == 0) {
            return Options.of(Map.of());
        }
        if (args.length != 2 || !args[0].equals("--config")) {
            throw new IllegalArgumentException("arguments: expected --config FILE, found " + String.join(" ", args));
        }
        return Options.ofFile(Path.of(args[1]));
    }

    /** An environment with what the jobs need and what the options pass on to Flink. */
    public static StreamExecutionEnvironment environment(Options options) {
        return StreamExecutionEnvironment.getExecutionEnvironment(flinkConfiguration(options));
    }

    /** Flink's configuration as the options give it: nothing falls to Kryo, and exactly-once sinks commit with a checkpoint. */
    public static Configuration flinkConfiguration(Options options) {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
        flink.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
        options.flink().forEach(flink::setString);
        return flink;
    }
}
