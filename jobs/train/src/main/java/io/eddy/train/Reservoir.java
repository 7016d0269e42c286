package io.eddy.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The recent windows of many series, bounded.
 *
 * <p>When a window too many has come, the oldest leaves: of those series that hold more than their share (the capacity divided by
 * the number of series) if there are any, else of all. So a busy series cannot push the others out, and series that have ended fade as
 * new ones come. The same windows in the same order leave the same content.
 */
public final class Reservoir {
    static final Comparator<TrainingWindow> OLDEST_FIRST =
            Comparator.comparingLong(TrainingWindow::endMillis).thenComparing(TrainingWindow::series);

    /**
     * What to train on and what to judge on.
     *
     * @param training the older windows, oldest first
     * @param heldOut a few of the older windows, which are never trained on, and the newest ones, oldest first
     */
    public record Split(List<TrainingWindow> training, List<TrainingWindow> heldOut) {
        /** Event time of the newest window to train on; {@link Long#MIN_VALUE}: there is none. */
        public long trainedToMillis() {
            return training.isEmpty()
                    ? Long.MIN_VALUE
                    : training.get(training.size() - 1).endMillis();
        }

        /**
         * Deals the training windows to so many trainers, or to one per window if there are fewer: the windows of each series by turns, and
         * no share larger than another by more than one. The first share carries all held-out windows, which are judged on once, the others
         * those that a trainer watches its loss on.
         */
        public List<Split> deal(int most) {
            int n = Math.max(1, Math.min(most, training.size()));
            if (n == 1) {
                return List.of(this);
            }
            List<List<TrainingWindow>> hands = new ArrayList<>();
            for (int k = 0; k < n; k++) {
                hands.add(new ArrayList<>());
            }
            List<TrainingWindow> bySeries = training.stream()
                    .sorted(Comparator.comparing(TrainingWindow::series).thenComparing(OLDEST_FIRST))
                    .toList();
            for (int k = 0; k < bySeries.size(); k++) {
                hands.get(k % n).add(bySeries.get(k));
            }
            List<Split> shares = new ArrayList<>();
            for (int k = 0; k < n; k++) {
                hands.get(k).sort(OLDEST_FIRST);
                shares.add(new Split(hands.get(k), k == 0 ? heldOut : Fit.validation(heldOut)));
            }
            return shares;
        }
    }

    /** One of so many older windows is put aside to judge on. */
    private static final int ASIDE = 10;
    /** Fewer older windows are all needed to train on. */
    private static final int ENOUGH = 100;

    private final int capacity;
    /** Per series in the order of arrival; no queue is empty. */
    private final TreeMap<String, ArrayDeque<TrainingWindow>> windows = new TreeMap<>();

    private int size;

    /** @param capacity windows kept at most, at least 1 */
    public Reservoir(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: expected at least 1, found " + capacity);
        }
        this.capacity = capacity;
    }

    /** Takes a window; those of one series come in the order of their time. */
    public void add(TrainingWindow window) {
        windows.computeIfAbsent(window.series(), series -> new ArrayDeque<>()).add(window);
        size++;
        if (size > capacity) {
            remove(leaving());
        }
    }

    private TrainingWindow leaving() {
        int share = Math.max(1, capacity / windows.size());
        List<TrainingWindow> heads = new ArrayList<>();
        List<TrainingWindow> greedy = new ArrayList<>();
        for (ArrayDeque<TrainingWindow> queue : windows.values()) {
            (queue.size() > share ? greedy : heads).add(queue.element());
        }
        return (greedy.isEmpty() ? heads : greedy).stream().min(OLDEST_FIRST).orElseThrow();
    }

    private void remove(TrainingWindow window) {
        ArrayDeque<TrainingWindow> queue = windows.get(window.series());
        if (queue != null) {
            queue.remove();
            size--;
            if (queue.isEmpty()) {
                windows.remove(window.series());
            }
        }
    }

    /** Takes windows out and gives them, oldest first. */
    List<TrainingWindow> remove(Predicate<TrainingWindow> which) {
        List<TrainingWindow> gone = windows().stream().filter(which).toList();
        if (!gone.isEmpty()) {
            windows.values().removeIf(queue -> {
                queue.removeIf(which);
                return queue.isEmpty();
            });
            size -= gone.size();
        }
        return gone;
    }

    public int size() {
        return size;
    }

    /** All windows, oldest first. */
    public List<TrainingWindow> windows() {
        return windows.values().stream()
                .flatMap(ArrayDeque::stream)
                .sorted(OLDEST_FIRST)
                .toList();
    }

    /**
     * Holds the newest windows out, and a few of the older ones.
     *
     * @param heldOutShare of the windows, rounded up; above 0 and below 1
     * @param newest only so many of the newest windows take part; 0: all
     * @param seenUntilMillis windows that end no later than this were trained on before and are not judged on but trained on again
     */
    public Split split(double heldOutShare, int newest, long seenUntilMillis) {
        if (!(heldOutShare > 0 && heldOutShare < 1)) {
            throw new IllegalArgumentException(
                    "heldOutShare: expected a number between 0 and 1, found " + heldOutShare);
        }
        List<TrainingWindow> all = windows();
        List<TrainingWindow> some = newest == 0 ? all : all.subList(Math.max(0, all.size() - newest), all.size());
        int training = some.size() - (int) Math.ceil(heldOutShare * some.size());
        while (training < some.size() && some.get(training).endMillis() <= seenUntilMillis) {
            training++;
        }
        if (training < ENOUGH) {
            return new Split(some.subList(0, training), some.subList(training, some.size()));
        }
        List<TrainingWindow> older = new ArrayList<>();
        List<TrainingWindow> heldOut = new ArrayList<>();
        for (TrainingWindow window : some.subList(0, training)) {
            (isAside(window) ? heldOut : older).add(window);
        }
        heldOut.addAll(some.subList(training, some.size()));
        return new Split(older, heldOut);
    }

    /** The same window is put aside in every round, so that none that is judged on was trained on. */
    private static boolean isAside(TrainingWindow window) {
        int hash = 31 * window.series().hashCode() + Long.hashCode(window.endMillis());
        return Math.floorMod((hash * 0x9E3779B9) >>> 8, ASIDE) == 0;
    }
}
