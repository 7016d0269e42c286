package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of one series: recent values, hidden and cell state, calibration, the forecast that waits for its actual
 * and the open event. Mutable; one value of keyed state.
 */
public final class Memory extends Part<Memory> {
    static final int FORMAT = 12;
    private static final int SHADOW = 1;
    private static final int AFTERMATH = 2;

    History history = new History();
    Trust trust = new Trust();
    NetworkState network = new NetworkState();
    NetworkTrust networkTrust = new NetworkTrust();
    Surprise surprise = new Surprise();
    Novelty novelty = new Novelty();
    Evidence evidence = new Evidence();
    Leads leads = new Leads();
    SlotErrors slotErrors = new SlotErrors();
    Pending pending = new Pending();
    Silence silence = new Silence();
    Burst burst = new Burst();
    Verdicts verdicts = Verdicts.NONE;
    Covariates covariates = Covariates.NONE;
    private Incident incident = new Incident();
    private ClosedSteps closed = new ClosedSteps();
    private OpenSteps open = new OpenSteps();
    private Map<String, String> labels = Map.of();
    /** Null while the newest value is none of several odd ones. */
    @Nullable
    NewLevel newLevel;
    /** Null while the series is where it was before its last anomaly. */
    @Nullable
    Aftermath aftermath;

    /** Null where no rule has held anything back. */
    private @Nullable HeldBack heldBack;
    /** Null unless a shadow runs on this series. */
    @Nullable
    ShadowMemory shadow;

    long lastMillis = Long.MIN_VALUE;

    /** The steps that are not over yet. */
    public OpenSteps open() {
        return open;
    }

    /** The last steps that are over. */
    public ClosedSteps closed() {
        return closed;
    }

    /** The labels of the newest reading. */
    public Map<String, String> labels() {
        return labels;
    }

    /**
     * Takes what the covariates say of the step that is taken next.
     *
     * @param names in the order of the values; where they are others than before, nothing is known of them
     * @param values means of the step, NaN is missing
     */
    public void covariates(List<String> names, double[] values) {
        if (!covariates.are(names)) {
            covariates = names.isEmpty() ? Covariates.NONE : new Covariates(names);
        }
        covariates.observe(values);
    }

    /** Remembers the labels of a reading. */
    public void labels(Map<String, String> newest) {
        if (!labels.equals(newest)) {
            labels = Labels.of(newest);
        }
    }

    /** From its next step on the series is followed by this shadow; null: by none, and what is remembered of an earlier one is forgotten. */
    public void follow(@Nullable Shadow by) {
        if (by == null || shadow == null || shadow.sinceMillis != by.sinceMillis()) {
            shadow = by == null ? null : new ShadowMemory(by.sinceMillis());
        }
    }

    /** The open event, or the last one. */
    public Incident incident() {
        return incident;
    }

    /** Steps that were taken, those without a value too. */
    public long steps() {
        return history.steps();
    }

    /** Event time of the newest step in milliseconds; {@link Long#MIN_VALUE} before the first. */
    public long lastMillis() {
        return lastMillis;
    }

    /**
     * Takes what a person says about a span of the series.
     *
     * @param fromMillis start of the span, event time
     * @param toMillis end of the span, not before its start
     * @param falseAlarmRate share of normal points whose score reaches 1, that of the series' rule where it has one
     * @return whether this ends the open event; {@link #incident} tells it
     */
    public boolean hear(Verdict verdict, long fromMillis, long toMillis, double falseAlarmRate) {
        if (toMillis < fromMillis) {
            throw new IllegalArgumentException(
                    "to: expected not before from, found " + toMillis + " before " + fromMillis);
        }
        verdicts = verdicts == Verdicts.NONE ? new Verdicts() : verdicts;
        double logRate = Math.log(falseAlarmRate);
        double less = evidence.share(Verdicts.BELOW * logRate, incident.peakScore() * logRate);
        if (!verdicts.hear(verdict, fromMillis, toMillis, incident, less)) {
            return false;
        }
        if (verdict == Verdict.ANOMALY_NEW_TREND) {
            surprise.loosen();
        }
        if (incident.overlaps(fromMillis, toMillis)) {
            evidence.hear(verdict);
        }
        boolean normal = verdict == Verdict.NOT_ANOMALY || verdict == Verdict.ANOMALY_NEW_TREND;
        if (normal && newLevel != null) {
            newLevel.accept();
        }
        aftermath = normal ? null : aftermath;
        return normal && incident.accept(fromMillis, toMillis);
    }

    /** What is learnt of the newest value, see {@link NewLevel#observe}; {@code odd} says whether it is anomalous, told or not. */
    NewLevel.Lesson lesson(boolean odd, boolean outside, double deviation, int persistence) {
        if (!odd) {
            newLevel = null;
            return NewLevel.Lesson.THE_VALUE;
        }
        if (newLevel == null) {
            newLevel = new NewLevel();
        }
        return newLevel.observe(outside, deviation, persistence);
    }

    /** Takes the value of a step into the history. What waits in units of it is given up where the unit becomes another. */
    void observe(double y, long timeMillis) {
        double unit = history.unit();
        history.observe(y, timeMillis);
        if (history.unit() != unit) {
            leads.forget();
            networkTrust.forget();
            if (shadow != null) {
                shadow.errors.forget();
            }
        }
    }

    HeldBack heldBack() {
        if (heldBack == null) {
            heldBack = new HeldBack();
        }
        return heldBack;
    }

    /** Whether a person is still to be told of what a rule held back. */
    boolean isOwed() {
        return heldBack != null && heldBack.isOwed();
    }

    @Override
    public Memory copy() {
        Memory copy = super.copy();
        copy.history = history.copy();
        copy.trust = trust.copy();
        copy.network = network.copy();
        copy.networkTrust = networkTrust.copy();
        copy.surprise = surprise.copy();
        copy.novelty = novelty.copy();
        copy.evidence = evidence.copy();
        copy.leads = leads.copy();
        copy.slotErrors = slotErrors.copy();
        copy.pending = pending.copy();
        copy.silence = silence.copy();
        copy.burst = burst.copy();
        copy.verdicts = verdicts.copy();
        copy.covariates = covariates.copy();
        copy.incident = incident.copy();
        copy.closed = closed.copy();
        copy.open = open.copy();
        copy.newLevel = newLevel == null ? null : newLevel.copy();
        copy.aftermath = aftermath == null ? null : aftermath.copy();
        copy.heldBack = heldBack == null ? null : heldBack.copy();
        copy.shadow = shadow == null ? null : shadow.copy();
        return copy;
    }

    /** Writes the format version, then everything. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeLong(lastMillis);
        history.write(out);
        surprise.write(out);
        pending.write(out);
        incident.write(out);
        open.write(out);
        Bulk.write(out, labels);
        network.write(out);
        trust.write(out);
        networkTrust.write(out);
        novelty.write(out);
        evidence.write(out);
        leads.write(out);
        NewLevel.writeRun(newLevel, out);
        incident.writeForetold(out);
        HeldBack.write(heldBack, out);
        verdicts.write(out);
        NewLevel.write(newLevel, out);
        silence.write(out);
        burst.write(out);
        closed.write(out);
        covariates.write(out);
        open.writeCovariates(out);
        evidence.writeNear(out);
        out.writeByte((shadow == null ? 0 : SHADOW) | (aftermath == null ? 0 : AFTERMATH));
        if (shadow != null) {
            shadow.write(out);
        }
        if (aftermath != null) {
            aftermath.write(out);
        }
        slotErrors.write(out);
    }

    /** Reads what {@link #write} wrote, in this or an earlier version. */
    public static Memory read(DataInput in) throws IOException {
        int format = in.readUnsignedByte();
        if (format < 1 || format > FORMAT) {
            throw new IOException("memory: expected format version 1 to " + FORMAT + ", found " + format);
        }
        Memory memory = new Memory();
        memory.lastMillis = in.readLong();
        long startedByVersion = format < 5 ? in.readLong() : 0;
        memory.history.read(in, format);
        memory.history.seasons.lastSeen(memory.lastMillis);
        memory.surprise.read(in, format);
        memory.pending.read(in, format, memory.history);
        memory.incident.read(in, format);
        if (format > 1) {
            memory.open.read(in, format);
            memory.labels = Labels.of(Bulk.readMap(in, format));
        }
        if (format < 5) {
            memory.network.readFourth(in, startedByVersion);
        } else {
            memory.network.read(in, format);
        }
        if (format > 2) {
            memory.trust.read(in, format);
            memory.networkTrust.read(in, format);
            memory.novelty.read(in, format);
            memory.evidence.read(in, format);
            memory.leads.read(in, format);
            memory.newLevel = NewLevel.readRun(in, format);
        }
        if (format > 3) {
            memory.incident.readForetold(in);
            memory.heldBack = HeldBack.read(in);
            memory.verdicts = Verdicts.read(in, format);
        }
        if (format > 4) {
            NewLevel.read(memory.newLevel, in);
            memory.silence.read(in);
            memory.burst.read(in);
            memory.closed.read(in);
        }
        if (format > 5) {
            memory.covariates = Covariates.read(in);
            memory.open.readCovariates(in);
            memory.evidence.readNear(in);
            int there = in.readByte();
            memory.shadow = (there & SHADOW) == 0 ? null : ShadowMemory.read(in, format);
            memory.aftermath = (there & AFTERMATH) == 0 ? null : Aftermath.read(in);
        }
        memory.slotErrors.fit(memory.history);
        if (format > 9) {
            memory.slotErrors.read(in);
        }
        return memory;
    }
}
