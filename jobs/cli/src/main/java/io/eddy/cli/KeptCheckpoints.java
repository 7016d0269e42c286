package io.eddy.cli;

import java.io.IOException;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one job in a folder that outlives the process: the next start goes on from the newest of them.
 *
 * @param folder that of the options, with one below it for the job
 * @param newest a complete checkpoint; null: there is none yet
 */
record KeptCheckpoints(Path folder, @Nullable FileStatus newest) {
    /**
     * Looks for them.
     *
     * @param flink names the folder as {@code execution.checkpointing.dir}
     * @param job a name that can be one of a folder
     * @return null if no folder is named
     */
    static @Nullable KeptCheckpoints find(Configuration flink, String job) throws IOException {
        String folder = flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        if (folder == null) {
            return null;
        }
        Path own = new Path(folder, job);
        FileSystem files = own.getFileSystem();
        FileStatus newest = null;
        for (FileStatus run : list(files, own)) {
            for (FileStatus checkpoint : list(files, run.getPath())) {
                FileStatus end = complete(files, checkpoint);
                if (end != null && (newest == null || newest.getModificationTime() < end.getModificationTime())) {
                    newest = end;
                }
            }
        }
        return new KeptCheckpoints(own, newest);
    }

    private static FileStatus[] list(FileSystem files, Path folder) throws IOException {
        return files.exists(folder) && files.getFileStatus(folder).isDir()
                ? Optional.ofNullable(files.listStatus(folder)).orElse(new FileStatus[0])
                : new FileStatus[0];
    }

    /** The file that is written last; null where there is none. */
    private static @Nullable FileStatus complete(FileSystem files, FileStatus folder) throws IOException {
        Path end = new Path(folder.getPath(), "_metadata");
        boolean isCheckpoint = folder.isDir() && folder.getPath().getName().startsWith("chk-");
        return isCheckpoint && files.exists(end) ? files.getFileStatus(end) : null;
    }

    /** Flink's configuration for the job, which takes the checkpoint over: it goes when newer ones are there. */
    Configuration configuration(Configuration flink) {
        Configuration own = new Configuration(flink);
        own.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toString());
        if (!own.contains(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION)) {
            own.set(
                    CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                    ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        }
        if (newest != null) {
            own.set(
                    StateRecoveryOptions.SAVEPOINT_PATH,
                    newest.getPath().getParent().toString());
            own.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
        }
        return own;
    }
}
