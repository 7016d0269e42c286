package io.eddy.connectors;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.FallbackKey;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.SinkOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateLatencyTrackOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.executiongraph.failover.RestartBackoffTimeStrategyFactoryLoader;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/** What Flink itself asks of the values that are passed on to it. */
final class FlinkSettings {
    /** By its name, also by former ones. Flink has no list of all; what a plugin of a cluster takes is not among them. */
    private static final Map<String, ConfigOption<?>> KNOWN = known(List.of(
            BlobServerOptions.class,
            CheckpointingOptions.class,
            ClusterOptions.class,
            CoreOptions.class,
            DeploymentOptions.class,
            ExecutionOptions.class,
            HeartbeatManagerOptions.class,
            HighAvailabilityOptions.class,
            JobManagerOptions.class,
            MetricOptions.class,
            NettyShuffleEnvironmentOptions.class,
            PipelineOptions.class,
            ResourceManagerOptions.class,
            RestOptions.class,
            RestartStrategyOptions.class,
            RpcOptions.class,
            SecurityOptions.class,
            SinkOptions.class,
            StateBackendOptions.class,
            StateLatencyTrackOptions.class,
            StateRecoveryOptions.class,
            TaskManagerOptions.class,
            WebOptions.class));

    private static final Pattern BACKEND = Pattern.compile("(?i)hashmap|rocksdb|forst|\\w+(\\.\\w+)+");

    private FlinkSettings() {}

    /**
     * What a name and its value have to be.
     *
     * @param name as Flink has it
     * @return expected and found, as an error says them; null if it is that, or if the name is like none that is known here
     */
    static @Nullable String broken(String name, String value) {
        String meant = Spelling.slipped(name, KNOWN.keySet());
        if (meant != null) {
            return "expected a setting of Flink, found an unknown one; the nearest is " + EddyOptions.FLINK_PREFIX
                    + meant;
        }
        ConfigOption<?> option = KNOWN.get(name);
        if (option == null) {
            return null;
        }
        Configuration flink = new Configuration();
        flink.setString(name, value);
        String rule = rule(option);
        try {
            flink.get(option);
            start(option, value, flink);
            return null;
        } catch (IllegalArgumentException e) {
            Throwable why = ExceptionUtils.stripException(e, IllegalArgumentException.class);
            return rule == null
                    ? "expected a value that Flink reads, found " + Shown.of(value) + " (" + why.getMessage() + ")"
                    : "expected " + rule + ", found " + Shown.of(value);
        }
    }

    /** What Flink says less well itself, or no earlier than when a job starts; null for all else. */
    private static @Nullable String rule(ConfigOption<?> option) {
        if (isFolder(option)) {
            return "a folder behind its file system, such as file:///var/lib/eddy";
        }
        if (option == RestartStrategyOptions.RESTART_STRATEGY) {
            return "none, fixed-delay, failure-rate or exponential-delay";
        }
        return option == StateBackendOptions.STATE_BACKEND ? "hashmap, rocksdb, forst or the name of a class" : null;
    }

    /** Has Flink do what it does with these values when a job starts. */
    private static void start(ConfigOption<?> option, String value, Configuration flink) {
        if (isFolder(option)) {
            new FileSystemCheckpointStorage(value);
        } else if (option == RestartStrategyOptions.RESTART_STRATEGY) {
            RestartBackoffTimeStrategyFactoryLoader.createRestartBackoffTimeStrategyFactory(
                    flink, new Configuration(), true);
        } else if (option == StateBackendOptions.STATE_BACKEND
                && !BACKEND.matcher(value).matches()) {
            // Flink would load its class, which may be where the job runs and not here.
            throw new IllegalArgumentException(value);
        }
    }

    private static boolean isFolder(ConfigOption<?> option) {
        return option == CheckpointingOptions.CHECKPOINTS_DIRECTORY
                || option == CheckpointingOptions.SAVEPOINT_DIRECTORY;
    }

    private static Map<String, ConfigOption<?>> known(List<Class<?>> classes) {
        Map<String, ConfigOption<?>> known = new TreeMap<>();
        for (Class<?> options : classes) {
            for (Field field : options.getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
                    add(known, field);
                }
            }
        }
        return known;
    }

    private static void add(Map<String, ConfigOption<?>> known, Field field) {
        try {
            ConfigOption<?> option = (ConfigOption<?>) field.get(null);
            known.putIfAbsent(option.key(), option);
            for (FallbackKey former : option.fallbackKeys()) {
                known.putIfAbsent(former.getKey(), option);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // they are public
        }
    }
}
