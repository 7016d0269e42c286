package io.eddy.bench;

import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Counts what comes and forgets it. All sinks of this class in a process count together, for Flink sends copies to its tasks. */
final class CountingSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;
    private static final LongAdder COUNT = new LongAdder();

    static long count() {
        return COUNT.sum();
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new SinkWriter<>() {
            @Override
            public void write(T element, Context context) {
                COUNT.increment();
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
