package io.eddy.model;

/** Where what is said of the lead of each bucket is kept until its actual comes: so many places as steps lie between, one after the other. */
final class Waiting {
    /** First place of each bucket, then the number of places. */
    private static final int[] FIRST = new int[Buckets.LEADS.length + 1];

    static {
        for (int bucket = 0; bucket < Buckets.LEADS.length; bucket++) {
            FIRST[bucket + 1] = FIRST[bucket] + Buckets.LEADS[bucket];
        }
    }

    static final int PLACES = FIRST[Buckets.LEADS.length];

    private Waiting() {}

    /** The place of what is said at a step, which is also that of what was said of it. */
    static int place(int bucket, long step) {
        return FIRST[bucket] + (int) (step % Buckets.LEADS[bucket]);
    }
}
