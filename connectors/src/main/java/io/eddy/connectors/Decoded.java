package io.eddy.connectors;

import io.eddy.Reading;
import io.eddy.Reject;
import org.jspecify.annotations.Nullable;

/** What one Kafka record of the topic readings turned out to be: exactly one of the two is there. A Flink POJO. */
public final class Decoded {
    public @Nullable Reading reading;
    public @Nullable Reject reject;
    /** Place of the model that takes it, among {@link Options#models}. */
    public int model;

    public Decoded() {}

    static Decoded of(Reading reading, int model) {
        Decoded decoded = new Decoded();
        decoded.reading = reading;
        decoded.model = model;
        return decoded;
    }

    static Decoded of(Reject reject) {
        Decoded decoded = new Decoded();
        decoded.reject = reject;
        return decoded;
    }
}
