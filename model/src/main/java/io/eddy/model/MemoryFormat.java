package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The bytes of a {@link Memory}, of its version and of those before, less its inbox. */
final class MemoryFormat {
    private static final int SHADOW = 1;
    private static final int AFTERMATH = 2;

    private MemoryFormat() {}

    /** Writes all but the inbox. */
    static void write(Memory memory, DataOutput out) throws IOException {
        memory.history.write(out);
        memory.surprise.write(out);
        memory.pending.write(out);
        memory.incident.write(out);
        memory.network.write(out);
        memory.trust.write(out);
        memory.networkTrust.write(out);
        memory.novelty.write(out);
        memory.evidence.write(out);
        memory.leads.write(out);
        NewLevel.writeRun(memory.newLevel, out);
        memory.incident.writeForetold(out);
        HeldBack.write(memory.heldBack, out);
        memory.verdicts.write(out);
        NewLevel.write(memory.newLevel, out);
        memory.silence.write(out);
        memory.burst.write(out);
        memory.closed.write(out);
        memory.covariates.write(out);
        memory.evidence.writeNear(out);
        out.writeByte((memory.shadow == null ? 0 : SHADOW) | (memory.aftermath == null ? 0 : AFTERMATH));
        if (memory.shadow != null) {
            memory.shadow.write(out);
        }
        if (memory.aftermath != null) {
            memory.aftermath.write(out);
        }
        memory.slotErrors.write(out);
    }

    /** Fills in what was written, but for what {@link Memory#read} takes itself; the arrays of the parts are used again. */
    static void read(Memory memory, DataInput in, int format) throws IOException {
        long startedByVersion = format < 5 ? in.readLong() : 0;
        memory.history.read(in, format);
        memory.history.seasons.lastSeen(memory.inbox().lastMillis());
        memory.surprise.read(in, format);
        memory.pending.read(in, format, memory.history);
        memory.incident.read(in, format);
        if (format > 1 && format < 13) {
            memory.inbox().readTwelfth(in, format);
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
            if (format < 13) {
                memory.inbox().open().readRest(in);
            }
            memory.evidence.readNear(in);
            int there = in.readByte();
            memory.shadow = (there & SHADOW) == 0 ? null : ShadowMemory.read(in, format);
            memory.aftermath = (there & AFTERMATH) == 0 ? null : Aftermath.read(in);
        }
        memory.slotErrors.fit(memory.history);
        if (format > 9) {
            memory.slotErrors.read(in, format);
        }
    }
}
