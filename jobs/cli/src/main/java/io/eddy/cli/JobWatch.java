package io.eddy.cli;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.jspecify.annotations.Nullable;

/** Looks after a running job: Flink starts it again by itself when it fails, which nobody would see. */
final class JobWatch {
    private static final int LONGEST_REASON = 500;
    /** Flink's advice where a checkpoint holds what the job has not, and what to do about it here. */
    private static final String FLINKS_ADVICE = "you can set the --allowNonRestoredState option on the CLI";

    private static final String ADVICE =
            "as where models are fewer than they were, set flink.execution.state-recovery.ignore-unclaimed-state: true";

    private final LocalFlink flink;
    private final String name;
    private final JobID job;
    private final @Nullable KeptCheckpoints from;
    private int failures;
    private long toldMillis;

    /**
     * @param name as a person is told of it
     * @param from where the job was to go on; null for nowhere
     */
    JobWatch(LocalFlink flink, String name, JobID job, @Nullable KeptCheckpoints from) {
        this.flink = flink;
        this.name = name;
        this.job = job;
        this.from = from;
    }

    /** Waits until it runs on all its slots; see {@link LocalFlink#awaitRunning}. */
    void awaitRunning(Duration atMost, BooleanSupplier givenUp) throws Exception {
        try {
            flink.awaitRunning(job, atMost, givenUp);
        } catch (IllegalStateException e) {
            look(); // says more where the job has ended
            throw e;
        }
    }

    /**
     * What is new since it was asked last; null where nothing is.
     *
     * @throws IllegalStateException if the job has ended
     */
    @Nullable
    String look() throws ExecutionException, InterruptedException {
        JobStatus status = flink.status(job);
        ErrorInfo failure = flink.failure(job);
        if (status.isGloballyTerminalState()) {
            throw new IllegalStateException("job: expected the " + name + " job to run, found it " + status
                    + (failure == null ? "" : " because of " + reason(failure.getException()))
                    + (from == null || from.newest() == null
                            ? ""
                            : "; it began with the checkpoint "
                                    + from.newest().getPath().getParent()));
        }
        if (failure == null || failure.getTimestamp() == toldMillis) {
            return null;
        }
        toldMillis = failure.getTimestamp();
        failures++;
        return "the " + name + " job failed" + (failures == 1 ? "" : ", time " + failures)
                + ", and starts again from its last checkpoint: " + reason(failure.getException());
    }

    /** The cause behind all others, on one line. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String text = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ").replace(FLINKS_ADVICE, ADVICE);
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "...";
    }
}
