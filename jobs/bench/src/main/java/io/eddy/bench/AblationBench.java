package io.eddy.bench;

import io.eddy.model.Channel;
import io.eddy.model.Scoring;
import io.eddy.model.network.WeightsVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What each channel is worth, and the network, and the experts beside an autoregression: anomalies found without them, set by set,
 * on every third series of the large sets.
 */
final class AblationBench implements Bench {
    /** They judge time and the number of readings, which the sets do not hold. */
    private static final Set<Channel> NOT_IN_THE_SETS = EnumSet.of(Channel.SILENCE, Channel.BURST);

    private final Path data;

    AblationBench(Path data) {
        this.data = data;
    }

    @Override
    public String says() {
        return "Anomalies found on the labelled sets in " + data + " with one part of Eddy away at a time.";
    }

    private static List<Detector> detectors() {
        WeightsVersion none = EddyDetector.NO_NETWORK;
        List<Detector> detectors = new ArrayList<>(List.of(
                new EddyDetector(),
                new EddyDetector("without-network", none, EddyDetector.LEAN, Scoring.USUAL),
                new EddyDetector("autoregression-alone", none, "autoregression", Scoring.USUAL)));
        for (Channel channel : EnumSet.complementOf(EnumSet.copyOf(NOT_IN_THE_SETS))) {
            Scoring without = Scoring.USUAL.with(EnumSet.complementOf(EnumSet.of(channel)));
            String name = "without-" + channel.name().toLowerCase(Locale.ROOT);
            detectors.add(new EddyDetector(name, EddyDetector.SHIPPED, EddyDetector.LEAN, without));
        }
        return detectors;
    }

    @Override
    public List<Row> run(Log log) throws Exception {
        Map<String, List<LabelledSeries>> sets = LabelledSets.thinned(LabelledSets.in(data));
        List<Row> rows = new ArrayList<>();
        for (Detector detector : detectors()) {
            long began = System.nanoTime();
            sets.forEach((set, series) -> {
                ScoredSet scored = ScoredSet.of(set, series, detector);
                String side = set + "/" + detector.name();
                scored.best().forEach((metric, value) -> rows.add(AnomaliesBench.row(side, metric, value, null)));
                if (scored.hasThreshold()) {
                    scored.at(AnomaliesBench.CONFIGURED)
                            .forEach((metric, value) ->
                                    rows.add(AnomaliesBench.row(side, metric + "_at_1", value, null)));
                }
            });
            log.line(String.format(Locale.ROOT, "%s: %.1f s", detector.name(), (System.nanoTime() - began) / 1e9));
        }
        return rows;
    }
}
