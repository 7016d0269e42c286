package io.eddy.forecast;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Keeps what comes, for the test in the same process to read, also while the job runs. */
public final class TestingSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;
    /** Flink sends copies of the sink to its tasks; the copies meet here. */
    private static final Map<String, Queue<Object>> RECEIVED = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();

    @SuppressWarnings("unchecked") // only a writer of this sink writes under its id
    public List<T> received() {
        return (List<T>) List.copyOf(queue());
    }

    private Queue<Object> queue() {
        return RECEIVED.computeIfAbsent(id, key -> new ConcurrentLinkedQueue<>());
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        Queue<Object> queue = queue();
        return new SinkWriter<>() {
            @Override
            public void write(T element, Context context) {
                queue.add(element);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
