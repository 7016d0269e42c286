package io.eddy.cli.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One browser: server-sent events with what is on its screen. What is sent is made from the store when the browser has taken the last of it,
 * so that a slow one misses states in between and nothing queues up for it.
 */
final class Session {
    private static final long TICK_MILLIS = 250;
    private static final long LIST_EVERY_NANOS = 1_000_000_000L;
    private static final long MODEL_EVERY_NANOS = 2_000_000_000L;
    private static final int TICKS_TO_HEARTBEAT = 12;
    private static final JsonFactory JSON = new JsonFactory();

    private final String id;
    private final Store store;
    private final Pipeline pipeline;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Watch wanted = Watch.NOTHING;
    private boolean isNew;
    private boolean closed;

    private final FleetFrame fleet = new FleetFrame();
    private final PlantedFrame planted = new PlantedFrame();
    private ModelFrame model = new ModelFrame();
    private @Nullable SeriesFrame series;
    private long listSent;
    private long listScores = -1;
    private int listEvents = -1;
    private long modelSent;
    private boolean modelShown;

    Session(String id, Store store, Pipeline pipeline) {
        this.id = id;
        this.store = store;
        this.pipeline = pipeline;
    }

    String id() {
        return id;
    }

    /** Says what is on the screen now. */
    void watch(Watch watch) {
        lock.lock();
        try {
            wanted = watch;
            isNew = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Sends until the browser is gone or this is closed. */
    void run(OutputStream out) throws IOException, InterruptedException {
        send(out, "event: hello\nretry: 500\ndata: {\"session\":\"" + id + "\"}\n\n");
        int quiet = 0;
        while (true) {
            Watch watch;
            boolean fresh;
            lock.lock();
            try {
                if (!isNew && !closed) {
                    boolean signalled = changed.await(TICK_MILLIS, TimeUnit.MILLISECONDS);
                    quiet = signalled ? 0 : quiet;
                }
                if (closed) {
                    return;
                }
                watch = wanted;
                fresh = isNew;
                isNew = false;
            } finally {
                lock.unlock();
            }
            byte[] frame = frame(watch, fresh);
            if (frame.length > 0) {
                out.write(frame);
                out.flush();
                quiet = 0;
            } else if (++quiet >= TICKS_TO_HEARTBEAT) {
                // Also how a browser that is gone is noticed.
                send(out, ": still here\n\n");
                quiet = 0;
            }
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private byte[] frame(Watch watch, boolean fresh) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
        bytes.writeBytes("data: ".getBytes(StandardCharsets.UTF_8));
        boolean any;
        Pipeline.Numbers numbers = pipeline.numbers();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            synchronized (store) {
                any = fleet.write(json, store, numbers);
                any |= writeList(json, watch.list(), fresh);
                any |= writeSeries(json, watch);
                any |= planted.write(json, store);
                any |= writeModel(json, watch.model(), fresh);
            }
            json.writeEndObject();
        }
        if (!any) {
            return new byte[0];
        }
        bytes.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private boolean writeList(JsonGenerator json, Watch.@Nullable List watch, boolean fresh) throws IOException {
        if (watch == null) {
            return false;
        }
        long now = System.nanoTime();
        boolean news = store.scores() != listScores || store.events().revision() != listEvents;
        if (!fresh && (!news || now - listSent < LIST_EVERY_NANOS)) {
            return false;
        }
        listSent = now;
        listScores = store.scores();
        listEvents = store.events().revision();
        ListFrame.write(json, store, watch);
        return true;
    }

    private boolean writeSeries(JsonGenerator json, Watch watch) throws IOException {
        if (watch.series() == null) {
            series = null;
            return false;
        }
        if (series == null || !series.id().equals(watch.series())) {
            series = new SeriesFrame(watch.series());
        }
        return series.write(json, store, watch.ago());
    }

    private boolean writeModel(JsonGenerator json, boolean shown, boolean fresh) throws IOException {
        if (fresh) {
            // A view that has just been opened knows nothing of what an earlier one got.
            model = new ModelFrame();
            modelShown = false;
        }
        long now = System.nanoTime();
        boolean due = shown && (!modelShown || now - modelSent > MODEL_EVERY_NANOS);
        modelShown = shown;
        if (due) {
            modelSent = now;
            return model.write(json, store);
        }
        return false;
    }
}
