package io.eddy.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What experts there are, and which of them a choice names. */
final class ExpertNames {
    static final String BY_DEFAULT = "lean";

    /** Their order is that of the bits in what is remembered. */
    private static final List<String> ALL = List.of(
            "last",
            "returning",
            "seasonal",
            "days",
            "profile",
            "weeks",
            "weeks-persistent",
            "autoregression",
            "direct",
            "analogs",
            "yule-walker",
            "polynomial",
            "slow-profile");

    private static final List<String> LEAN = List.of(
            "last",
            "seasonal",
            "days",
            "profile",
            "weeks",
            "weeks-persistent",
            "autoregression",
            "analogs",
            "yule-walker");

    /** Those that take kilobytes of a series and are worth them, beside the lean ones. */
    private static final List<String> FULL = Stream.concat(LEAN.stream(), Stream.of("polynomial", "slow-profile"))
            .toList();

    /** The bits of those that keep more than losses. */
    static final int AUTOREGRESSION = mask(List.of("autoregression"));

    static final int DIRECT = mask(List.of("direct"));
    static final int YULE_WALKER = mask(List.of("yule-walker"));
    static final int POLYNOMIAL = mask(List.of("polynomial"));
    static final int SLOW_PROFILE = mask(List.of("slow-profile"));
    private static final int ALL_FULL = mask(FULL);

    private ExpertNames() {}

    /**
     * The experts of a choice, in the order of all.
     *
     * @param choice {@code lean}, {@code full}, or names with commas between
     * @throws IllegalArgumentException if a name is unknown
     */
    static List<String> of(String choice) {
        List<String> chosen = switch (choice) {
            case "lean" -> LEAN;
            case "full" -> FULL;
            default -> List.of(choice.split("\\s*,\\s*"));
        };
        for (String name : chosen) {
            if (!ALL.contains(name)) {
                throw new IllegalArgumentException(
                        "experts: expected lean, full or some of " + String.join(",", ALL) + ", found " + name);
            }
        }
        List<String> ordered = new ArrayList<>(ALL);
        ordered.retainAll(chosen);
        return List.copyOf(ordered);
    }

    /** A new one of this name. */
    static Expert expert(String name, int horizon) {
        return switch (name) {
            case "last" -> new LastValue(false, horizon);
            case "returning" -> new LastValue(true, horizon);
            case "seasonal" -> new SlotMean(1, false, SlotMean.Speaks.AT_ONCE, 1);
            case "days" -> new SlotMean(1, true, SlotMean.Speaks.AT_ONCE, 0.5, 0.3, 0.2);
            case "profile" -> new SlotMean(1, true, SlotMean.Speaks.AFTER_TWO_PERIODS, 1, 1, 1, 1, 1, 1, 1);
            case "weeks" -> new SlotMean(7, false, SlotMean.Speaks.ONCE_JUDGED, 0.6, 0.4);
            case "weeks-persistent" -> new SlotMean(7, true, SlotMean.Speaks.ONCE_JUDGED, 0.6, 0.4);
            case "autoregression" -> new SeasonalAr(horizon);
            case "yule-walker" -> new YuleWalker(horizon);
            case "analogs" -> new Analogs();
            case "polynomial" -> new Polynomial(horizon);
            case "slow-profile" -> new SlowProfile(horizon);
            default -> new DirectRegression();
        };
    }

    /** One bit for each of these. */
    static int mask(List<String> names) {
        int mask = 0;
        for (String name : names) {
            mask |= 1 << ALL.indexOf(name);
        }
        return mask;
    }

    /** Whether one of these bits is among them. */
    static boolean holds(int mask, int bits) {
        return (mask & bits) != 0;
    }

    /** Whether these are all of the full tier, whose mixture is corrected, see {@link Stacking}. */
    static boolean areFull(int mask) {
        return (mask & ALL_FULL) == ALL_FULL;
    }
}
