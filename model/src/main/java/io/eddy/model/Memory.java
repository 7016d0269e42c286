package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of one series: recent values, hidden and cell state, calibration, the forecast that waits for its actual
 * and the open event. Mutable; one value of keyed state.
 */
public final class Memory {
    /** Version of what is written. */
    public static final int FORMAT = Bulk.FORMAT;

    private Inbox inbox;
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
    Incident incident = new Incident();
    ClosedSteps closed = new ClosedSteps();
    /** Null while the newest value is none of several odd ones. */
    @Nullable
    NewLevel newLevel;
    /** Null while the series is where it was before its last anomaly. */
    @Nullable
    Aftermath aftermath;

    /** Null where no rule has held anything back; {@link #heldBack()} makes one. */
    @Nullable
    HeldBack heldBack;
    /** Null unless a shadow runs on this series. */
    @Nullable
    ShadowMemory shadow;

    /** Of a series that was never seen. */
    public Memory() {
        this(new Inbox());
    }

    /** Of a series no step of which is over; {@code inbox} is part of it. */
    public Memory(Inbox inbox) {
        this.inbox = inbox;
    }

    /** What its readings meet. */
    public Inbox inbox() {
        return inbox;
    }

    /** The last steps that are over. */
    public ClosedSteps closed() {
        return closed;
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
        return inbox.lastMillis();
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
        double less = evidence.share(Verdicts.BELOW, incident, logRate, novelty.evidenceTail());
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
        newLevel = newLevel == null ? new NewLevel() : newLevel;
        return newLevel.observe(outside, deviation, persistence);
    }

    /** Takes the value of a step into the history. What waits in units of it is given up where the unit becomes another. */
    void observe(double y, long timeMillis) {
        double unit = history.unit();
        history.observe(y, timeMillis);
        if (history.unit() != unit) {
            giveUp();
        }
    }

    /** Gives up what was forecast of later steps and waits for their values. */
    void giveUp() {
        leads.forget();
        networkTrust.forget();
        if (shadow != null) {
            shadow.errors.forget();
        }
    }

    /** Whether its experts have learnt kilobytes. */
    public boolean isHeavy() {
        return trust.heavy != Heavy.NONE;
    }

    HeldBack heldBack() {
        heldBack = heldBack == null ? new HeldBack() : heldBack;
        return heldBack;
    }

    /** Whether a person is still to be told of what a rule held back. */
    boolean isOwed() {
        return heldBack != null && heldBack.isOwed();
    }

    /** Writes the format version, the inbox, then all else. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        inbox.write(out);
        writeRest(out);
    }

    /** Writes all but the inbox. */
    public void writeRest(DataOutput out) throws IOException {
        MemoryFormat.write(this, out);
    }

    /** Reads what {@link #write} wrote, in this or an earlier version. */
    public static Memory read(DataInput in) throws IOException {
        return read(in.readUnsignedByte(), in);
    }

    /** The same where the format has been read already. */
    public static Memory read(int format, DataInput in) throws IOException {
        if (format < 1 || format > FORMAT) {
            throw new IOException("memory: expected format version 1 to " + FORMAT + ", found " + format);
        }
        Memory memory = new Memory(format < 13 ? new Inbox() : Inbox.read(in));
        if (format < 13) {
            memory.inbox.lastMillis(in.readLong());
        }
        MemoryFormat.read(memory, in, format);
        return memory;
    }

    /** Reads what {@link #writeRest} of this version wrote; {@code inbox} becomes part of it. */
    public static Memory readRest(Inbox inbox, DataInput in) throws IOException {
        Memory memory = new Memory(inbox);
        MemoryFormat.read(memory, in, FORMAT);
        return memory;
    }

    /** Becomes what {@link #writeRest} of this version wrote, whatever series this was of; the arrays of the parts are used again. */
    public void becomeRest(Inbox inbox, DataInput in) throws IOException {
        this.inbox = inbox;
        MemoryFormat.read(this, in, FORMAT);
    }
}
