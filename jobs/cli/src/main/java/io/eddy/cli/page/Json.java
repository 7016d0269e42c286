package io.eddy.cli.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Numbers as the page gets them: nine digits at most, null for what is not a number. */
final class Json {
    private static final int DIGITS = 9;

    private Json() {}

    static void number(JsonGenerator json, double value) throws IOException {
        if (!Double.isFinite(value)) {
            json.writeNull();
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(rounded(value));
        }
    }

    private static double rounded(double value) {
        int exponent = (int) Math.floor(Math.log10(Math.abs(value)));
        if (Math.abs(exponent) > 200) {
            return value;
        }
        double scale = Math.pow(10, Math.abs(DIGITS - 1 - exponent));
        return exponent < DIGITS ? Math.rint(value * scale) / scale : Math.rint(value / scale) * scale;
    }

    static void numbers(JsonGenerator json, String name, double[] values) throws IOException {
        json.writeArrayFieldStart(name);
        for (double value : values) {
            number(json, value);
        }
        json.writeEndArray();
    }

    static void numberField(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        number(json, value);
    }
}
