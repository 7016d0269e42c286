package io.eddy.cli.page;

import io.eddy.Feedback;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.AwaitedWriter;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;

/** Writes what people say to the topic feedback. */
public final class FeedbackWriter implements AutoCloseable {
    private final AwaitedWriter writer;
    private final AvroCodec<Feedback> codec = new AvroCodec<>(Feedback.class);

    public FeedbackWriter(Options options) {
        writer = new AwaitedWriter(options, options.get(KafkaOptions.FEEDBACK));
    }

    /**
     * Returns when the broker has taken it.
     *
     * @throws IllegalStateException if it does not
     */
    public synchronized void write(Feedback feedback) {
        writer.write(feedback.getSeries(), codec.encode(feedback));
    }

    @Override
    public void close() {
        writer.close();
    }
}
