package io.eddy.cli;

import java.util.List;
import java.util.function.BooleanSupplier;

/** What a demo writes to the topic readings. */
interface Replay {
    /** The simulated fleet at an accelerated clock. */
    static Replay ofFleet(long seed) {
        return new FleetReplay(seed);
    }

    /** CSV files with their own times, as fast as the broker takes them. */
    static Replay ofCsv(CsvSource source) {
        return new CsvReplay(source);
    }

    /** Writes until the end or until it is told to stop; NaN is a missing value. */
    void run(ReadingProducer producer, BooleanSupplier stop) throws InterruptedException;

    /** Partitions of the topic readings; all of them have readings all the time. */
    int partitions();

    /** Length of a step in milliseconds; 0: every reading is a step. */
    long stepMillis();

    long outOfOrdernessMillis();

    /** One line for people. */
    String describe();

    /** The faults that begin at this time or before, in the order of their start; none in files. Any thread may ask. */
    List<Fault> faultsUntil(long timeMillis);

    /** Event time of the newest reading that was written, in milliseconds. */
    long nowMillis();
}
