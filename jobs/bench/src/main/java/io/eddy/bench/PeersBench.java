package io.eddy.bench;

import com.amazon.randomcutforest.parkservices.RCFCaster;
import com.amazon.randomcutforest.parkservices.ThresholdedRandomCutForest;
import com.amazon.randomcutforest.parkservices.state.RCFCasterMapper;
import com.amazon.randomcutforest.parkservices.state.ThresholdedRandomCutForestMapper;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.Options;
import io.eddy.forecast.ForecastJob;
import io.eddy.forecast.MemorySerializer;
import io.eddy.forecast.PackedMemory;
import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Memory;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.WeightsVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * AWS Random Cut Forest at the same job: one model per series, a score per record; and its forecaster, which forecasts 24 steps as Eddy does
 * with every score.
 *
 * <p>The forests have the library's defaults (50 trees, 256 samples) and shingles of 8 values; the default of 1 sees no order. All
 * have seen more values than they sample before they are timed or weighed.
 */
final class PeersBench implements Bench {
    private static final String NAME = "peers";
    private static final int SERIES = 200;
    /** The forecaster takes milliseconds a record and a megabyte or two a series. */
    private static final int CASTERS = 50;
    /** Weighing needs many of what is small. */
    private static final int MEMORIES = 10_000;

    private static final int HIDDEN = 64;
    private static final int HORIZON = 24;
    private static final int SHINGLE = 8;
    private static final int WARM_UPS = 2;
    private static final int ROUNDS = 7;
    /** More than a forest samples, more than Eddy's memory holds. */
    private static final int LEARNT_STEPS = 360;
    /** Steps of Eddy in a round; the others, which take much longer, make one. */
    private static final int EDDY_STEPS = 100;

    private static final int STEPS = LEARNT_STEPS + (WARM_UPS + ROUNDS) * EDDY_STEPS;

    private final SeriesValues data = SeriesValues.draw(SERIES, STEPS);
    private final Forecaster forecaster;
    private final Answer answer = new Answer(HORIZON);
    private final WeightsVersion weights = new WeightsVersion(
            1, RandomWeights.of(new Architecture(Forecaster.inputs(), HIDDEN, 1, HORIZON, Quantiles.COUNT), 0.01f));
    private int series;
    private int eddyStep = LEARNT_STEPS;
    private int forestStep = LEARNT_STEPS;
    private int casterStep = LEARNT_STEPS;

    PeersBench() {
        Options options = Options.of(Map.of(
                InputOptions.STEP.key(),
                data.stepMillis() + "ms",
                ForecastOptions.HORIZON.key(),
                String.valueOf(HORIZON)));
        forecaster = new Forecaster(ForecastJob.forecasterOptions(options));
    }

    @Override
    public String says() {
        return "Score and forecast per record, " + SERIES + " series in turn, beside AWS Random Cut Forest.";
    }

    @Override
    public List<Row> run(Log log) throws Exception {
        Heap.Measured<PackedMemory> memories = Heap.weigh(MEMORIES, this::memory);
        log.line(MEMORIES + " series of Eddy have learnt");
        Heap.Measured<ThresholdedRandomCutForest> forests = Heap.weigh(SERIES, this::forest);
        log.line(SERIES + " forests have learnt");
        Heap.Measured<RCFCaster> casters = Heap.weigh(CASTERS, this::caster);
        log.line(CASTERS + " forecasting forests have learnt");

        Map<String, Spread> micros = new Interleaved()
                .side("eddy", () -> eddy(memories.objects()))
                .side("rcf", () -> forests(forests.objects()))
                .side("rcf-caster", () -> casters(casters.objects()))
                .microsPerOperation(WARM_UPS, ROUNDS);

        List<Row> rows = new ArrayList<>();
        String eddy = "eddy-h" + HIDDEN;
        String caster = "rcf-caster-horizon" + HORIZON;
        compare(
                rows,
                of(micros, "eddy").row(NAME, eddy, "cpu_per_record", "us"),
                of(micros, "rcf").row(NAME, "rcf", "cpu_per_record", "us"),
                of(micros, "rcf-caster").row(NAME, caster, "cpu_per_record", "us"));
        compare(
                rows,
                Row.of(NAME, eddy, "heap_per_series", memories.bytesEach(), "B"),
                Row.of(NAME, "rcf", "heap_per_series", forests.bytesEach(), "B"),
                Row.of(NAME, caster, "heap_per_series", casters.bytesEach(), "B"));
        compare(
                rows,
                Row.of(
                        NAME,
                        eddy,
                        "serialized_per_series",
                        bytes(memories.objects().get(0)),
                        "B"),
                Row.of(
                        NAME,
                        "rcf",
                        "serialized_per_series",
                        bytes(new ThresholdedRandomCutForestMapper()
                                .toState(forests.objects().get(0))),
                        "B"),
                Row.of(
                        NAME,
                        caster,
                        "serialized_per_series",
                        bytes(new RCFCasterMapper().toState(casters.objects().get(0))),
                        "B"));
        return rows;
    }

    private static void compare(List<Row> rows, Row eddy, Row... others) {
        rows.add(eddy);
        for (Row other : others) {
            rows.add(other.against(eddy));
        }
    }

    private static Spread of(Map<String, Spread> micros, String side) {
        return Objects.requireNonNull(micros.get(side), side);
    }

    /** The series that is made next; more than {@link #SERIES} begin again. */
    private int nextSeries() {
        return series++ % SERIES;
    }

    private PackedMemory memory() throws IOException {
        Memory memory = new Memory();
        int values = nextSeries();
        for (int step = 0; step < LEARNT_STEPS; step++) {
            forecaster.step(memory, weights, data.millis(step), data.values()[step][values], answer);
        }
        return PackedMemory.of(memory);
    }

    private ThresholdedRandomCutForest forest() {
        ThresholdedRandomCutForest forest = ThresholdedRandomCutForest.builder()
                .dimensions(SHINGLE)
                .shingleSize(SHINGLE)
                .randomSeed(1)
                .build();
        int values = nextSeries();
        for (int step = 0; step < LEARNT_STEPS; step++) {
            forest.process(new double[] {data.values()[step][values]}, data.millis(step));
        }
        return forest;
    }

    private RCFCaster caster() {
        RCFCaster caster = RCFCaster.builder()
                .dimensions(SHINGLE)
                .shingleSize(SHINGLE)
                .forecastHorizon(HORIZON)
                .randomSeed(1)
                .build();
        int values = nextSeries();
        for (int step = 0; step < LEARNT_STEPS; step++) {
            caster.process(new double[] {data.values()[step][values]}, data.millis(step));
        }
        return caster;
    }

    /** All of the first {@link #SERIES} memories, which the others have too. */
    private long eddy(List<PackedMemory> memories) {
        for (int k = 0; k < EDDY_STEPS; k++, eddyStep++) {
            for (int s = 0; s < SERIES; s++) {
                step(memories.get(s), data.millis(eddyStep), data.values()[eddyStep][s]);
            }
        }
        return (long) EDDY_STEPS * SERIES;
    }

    private void step(PackedMemory packed, long millis, double value) {
        try {
            Memory memory = packed.unpack();
            forecaster.step(memory, weights, millis, value, answer);
            packed.pack(memory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long forests(List<ThresholdedRandomCutForest> forests) {
        for (int s = 0; s < forests.size(); s++) {
            forests.get(s).process(new double[] {data.values()[forestStep][s]}, data.millis(forestStep));
        }
        forestStep++;
        return forests.size();
    }

    private long casters(List<RCFCaster> casters) {
        for (int s = 0; s < casters.size(); s++) {
            casters.get(s).process(new double[] {data.values()[casterStep][s]}, data.millis(casterStep));
        }
        casterStep++;
        return casters.size();
    }

    private static int bytes(PackedMemory memory) throws IOException {
        DataOutputSerializer bytes = new DataOutputSerializer(4096);
        MemorySerializer.INSTANCE.serialize(memory, bytes);
        return bytes.length();
    }

    /** The library's own form of its state, in Java's serialization. */
    private static int bytes(Object state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(state);
        }
        return bytes.size();
    }
}
