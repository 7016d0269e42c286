package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What a series remembers of a {@link Shadow}: nothing of it is in the rest of its memory. */
final class ShadowMemory {
    /** Tells one run of a shadow from another. */
    final long sinceMillis;

    NetworkState network = new NetworkState();
    /** Judges the shadow's forecasts beside those of the network in use, which stand where a series has its experts'. */
    NetworkTrust errors = new NetworkTrust();
    /** Steps of the series when the shadow took its last one; 0: none. */
    long steps;

    ShadowMemory(long sinceMillis) {
        this.sinceMillis = sinceMillis;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(sinceMillis);
        out.writeLong(steps);
        network.write(out);
        errors.write(out);
    }

    static ShadowMemory read(DataInput in, int format) throws IOException {
        ShadowMemory memory = new ShadowMemory(in.readLong());
        memory.steps = in.readLong();
        memory.network.read(in, format);
        memory.errors.read(in, format);
        return memory;
    }
}
