package io.eddy.cli.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What each choice of experts buys: accuracy against memory and time, drawn on the terminal. */
final class TierTable {
    private static final int WIDTH = 20;

    /**
     * A choice of experts on all sets of a suite.
     *
     * @param experts as {@code forecast.experts} takes them
     * @param network whether a network was mixed in
     * @param bytesPerSeries serialized, the mean over the sets
     * @param microsPerStep over all steps of all sets
     * @param relativeMase MASE beside that of the seasonal-naive forecast, the geometric mean over the sets
     */
    record Tier(
            String experts,
            boolean network,
            double bytesPerSeries,
            double microsPerStep,
            double relativeMase,
            List<Evaluation.Result> sets) {
        static Tier of(String experts, boolean network, List<Evaluation.Result> sets) {
            double logs = 0;
            double bytes = 0;
            double micros = 0;
            long steps = 0;
            for (Evaluation.Result set : sets) {
                logs += Math.log(mase(set, Evaluation.EDDY) / mase(set, Evaluation.SEASONAL_NAIVE));
                bytes += set.bytesPerSeries();
                micros += set.microsPerStep() * set.steps();
                steps += set.steps();
            }
            return new Tier(experts, network, bytes / sets.size(), micros / steps, Math.exp(logs / sets.size()), sets);
        }

        private static double mase(Evaluation.Result set, String forecaster) {
            Double mase = set.metrics().getOrDefault(forecaster, Map.of()).get("mase");
            if (mase == null) {
                throw new IllegalStateException("mase of " + set.set() + ": expected a number, found none");
            }
            return mase;
        }

        /** Whether another is at least as good and as small, and better in one of both. */
        boolean isBeatenBy(Tier other) {
            boolean noWorse = other.relativeMase <= relativeMase && other.bytesPerSeries <= bytesPerSeries;
            return noWorse && (other.relativeMase < relativeMase || other.bytesPerSeries < bytesPerSeries);
        }
    }

    private TierTable() {}

    /** One line each, the smallest first; bars are the error, and a star marks those that none beats in both error and memory. */
    static String of(List<Tier> tiers) {
        List<Tier> sorted = tiers.stream()
                .sorted(Comparator.comparingDouble(Tier::bytesPerSeries).thenComparing(Tier::relativeMase))
                .toList();
        double most = tiers.stream().mapToDouble(Tier::relativeMase).max().orElse(1);
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%n%-32s%9s%9s  %s%n", "experts", "bytes", "us/step", "ratio"));
        for (Tier tier : sorted) {
            boolean beaten = tiers.stream().anyMatch(tier::isBeatenBy);
            text.append(String.format(
                    Locale.ROOT,
                    "%-32s%9.0f%9.2f  %.3f %s%s%n",
                    tier.experts() + (tier.network() ? " + network" : ""),
                    tier.bytesPerSeries(),
                    tier.microsPerStep(),
                    tier.relativeMase(),
                    "#".repeat((int) Math.round(WIDTH * tier.relativeMase() / most)),
                    beaten ? "" : " *"));
        }
        text.append("ratio: MASE by the seasonal-naive forecast's; *: none is both smaller and better\n");
        return text.toString();
    }
}
