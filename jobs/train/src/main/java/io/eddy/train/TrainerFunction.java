package io.eddy.train;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.util.function.SerializableFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of several trainers: fits its shares, each in a thread of its own, and answers for every one of them, also when training fails or
 * takes too long. Flink keeps the shares without an answer in its checkpoints and gives them again after a restart.
 */
final class TrainerFunction extends RichAsyncFunction<RoundPlan, TrainerAnswer> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(TrainerFunction.class);

    private final SerializableFunction<RoundPlan, Fitted> fit;
    private final Duration limit;
    /** By round and share. */
    private transient Map<String, Thread> threads;

    /**
     * Creates the function.
     *
     * @param fit what a share becomes; ends with a {@link CancellationException} when its thread is interrupted
     * @param limit after which Flink calls {@link #timeout}
     */
    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    TrainerFunction(SerializableFunction<RoundPlan, Fitted> fit, Duration limit) {
        this.fit = fit;
        this.limit = limit;
    }

    @Override
    public void open(OpenContext context) {
        threads = new HashMap<>();
    }

    @Override
    public void asyncInvoke(RoundPlan share, ResultFuture<TrainerAnswer> answer) {
        threads.values().removeIf(thread -> !thread.isAlive());
        Thread thread = new Thread(() -> run(share, answer), "eddy-trainer " + name(share));
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        threads.put(name(share), thread);
        thread.start();
    }

    private void run(RoundPlan share, ResultFuture<TrainerAnswer> answer) {
        long began = System.nanoTime();
        Fitted fitted;
        try {
            fitted = fit.apply(share);
        } catch (CancellationException e) {
            LOG.info("share {}: {}", name(share), e.getMessage());
            return;
        } catch (RuntimeException | Error e) {
            LOG.error("share {} failed, the round goes on without it", name(share), e);
            double seconds = (System.nanoTime() - began) / 1e9;
            fitted = Fitted.failed(share.split().training().size(), "trainer: expected weights, found " + e, seconds);
        }
        answer.complete(List.of(new TrainerAnswer(share.fitted(), fitted)));
    }

    @Override
    public void timeout(RoundPlan share, ResultFuture<TrainerAnswer> answer) {
        Thread thread = threads.remove(name(share));
        if (thread != null) {
            thread.interrupt();
        }
        LOG.warn("share {} has no weights after {} s, the round goes on without it", name(share), limit.toSeconds());
        String fault = "trainer: expected weights within " + limit.toSeconds() + " s, found none";
        Fitted lost = Fitted.failed(share.split().training().size(), fault, limit.toMillis() / 1e3);
        answer.complete(List.of(new TrainerAnswer(share.fitted(), lost)));
    }

    private static String name(RoundPlan share) {
        return share.version() + "/" + share.share();
    }

    /** Waits for the batches that run, as {@link TrainFunction#close} does. */
    @Override
    public void close() throws InterruptedException {
        if (threads == null) {
            return;
        }
        threads.values().forEach(Thread::interrupt);
        long deadline = System.nanoTime() + TrainFunction.PATIENCE.toNanos();
        for (Thread thread : threads.values()) {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
    }
}
