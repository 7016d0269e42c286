package io.eddy.model;

/** Steps ahead in four buckets, in each of which the experts, and the network beside them, are judged by themselves. */
final class Buckets {
    /** Steps ahead at which each bucket is judged, and one step more in turn, see {@link #lead}. */
    static final int[] LEADS = {1, 6, 18, 36};
    /** The last step ahead of each bucket but the last. */
    private static final int[] LAST = {2, 11, 24};
    /** Young series are judged in every bucket at every step, older ones in the first at every second and in the others at every fourth. */
    static final int YOUNG = 200;

    private static final int EVERY = LEADS.length;
    private static final int EVERY_FIRST = 2;

    private Buckets() {}

    /** The bucket of a number of steps ahead. */
    static int of(int h) {
        int bucket = 0;
        while (bucket < LAST.length && h > LAST[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** The last step ahead of a bucket. */
    static int last(int bucket) {
        return bucket == LAST.length ? Integer.MAX_VALUE : LAST[bucket];
    }

    /**
     * The steps ahead at which a bucket is judged at this step: beyond the next steps one of two in turn, for of {@link #LEADS} alone all are multiples of
     * 2, 3 and 6, and who repeats the last value would be without fault where a series comes again after so many.
     */
    static int lead(int bucket, long step) {
        return bucket == 0 ? LEADS[0] : LEADS[bucket] + (int) (step / EVERY & 1);
    }

    /** Whether a bucket is judged at this step, if its value is known. */
    static boolean isDue(int bucket, long step) {
        return step <= YOUNG || step % every(bucket) == bucket;
    }

    /** Steps from one judgement of an old series in this bucket to the next. */
    static int every(int bucket) {
        return bucket == 0 ? EVERY_FIRST : EVERY;
    }
}
