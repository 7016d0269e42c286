package io.eddy.cli.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** The faults of a demo as one browser gets them: all that are kept, when one of them has changed. */
final class PlantedFrame {
    private static final int MOST = 200;
    private static final long EVERY_NANOS = 1_000_000_000L;

    private List<Planted> sent = List.of();
    private long looked;

    /** @return whether there was anything to write */
    boolean write(JsonGenerator json, Store store) throws IOException {
        long now = System.nanoTime();
        if (looked != 0 && now - looked < EVERY_NANOS) {
            return false;
        }
        looked = now;
        List<Planted> all = store.planted();
        if (all.equals(sent)) {
            return false;
        }
        sent = all;
        List<Planted> over = all.stream().filter(Planted::isOver).toList();
        json.writeObjectFieldStart("planted");
        json.writeNumberField("over", over.size());
        json.writeNumberField("told", over.stream().filter(Planted::isTold).count());
        json.writeArrayFieldStart("faults");
        for (Planted fault : all.subList(Math.max(0, all.size() - MOST), all.size())) {
            json.writeStartObject();
            json.writeStringField("series", fault.series());
            json.writeStringField("kind", fault.kind());
            json.writeNumberField("from", fault.fromMillis());
            json.writeNumberField("to", fault.toMillis());
            Json.numberField(json, "peak", fault.peak());
            json.writeBooleanField("told", fault.isTold());
            json.writeBooleanField("over", fault.isOver());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        return true;
    }
}
