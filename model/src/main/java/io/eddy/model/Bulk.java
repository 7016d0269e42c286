package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Arrays and texts in one piece. */
final class Bulk {
    /** The version of a memory that is written; earlier ones are read too. */
    static final int FORMAT = 16;

    private Bulk() {}

    static void write(DataOutput out, float[] values) throws IOException {
        int size = Float.BYTES * values.length;
        ArrayRoom room = ArrayRoom.of(out, size, FORMAT);
        room.floats.put(0, values);
        out.write(room.bytes, 0, size);
    }

    static void read(DataInput in, float[] values, int format) throws IOException {
        int size = Float.BYTES * values.length;
        ArrayRoom room = ArrayRoom.of(in, size, format);
        in.readFully(room.bytes, 0, size);
        room.floats.get(0, values);
    }

    static float[] readFloats(DataInput in, int count, int format) throws IOException {
        float[] values = new float[count];
        read(in, values, format);
        return values;
    }

    static void write(DataOutput out, double[] values) throws IOException {
        int size = Double.BYTES * values.length;
        ArrayRoom room = ArrayRoom.of(out, size, FORMAT);
        room.doubles.put(0, values);
        out.write(room.bytes, 0, size);
    }

    static void read(DataInput in, double[] values, int format) throws IOException {
        int size = Double.BYTES * values.length;
        ArrayRoom room = ArrayRoom.of(in, size, format);
        in.readFully(room.bytes, 0, size);
        room.doubles.get(0, values);
    }

    static void write(DataOutput out, short[] values) throws IOException {
        int size = Short.BYTES * values.length;
        ArrayRoom room = ArrayRoom.of(out, size, FORMAT);
        room.shorts.put(0, values);
        out.write(room.bytes, 0, size);
    }

    static void read(DataInput in, short[] values, int format) throws IOException {
        int size = Short.BYTES * values.length;
        ArrayRoom room = ArrayRoom.of(in, size, format);
        in.readFully(room.bytes, 0, size);
        room.shorts.get(0, values);
    }

    /** Writes some places of an array, each as {@link DataOutput#writeShort} does. */
    static void writeBigEndian(DataOutput out, short[] values, int[] places) throws IOException {
        int size = Short.BYTES * places.length;
        ArrayRoom room = ArrayRoom.of(out, size, FORMAT);
        for (int i = 0; i < places.length; i++) {
            room.shorts.put(i, Short.reverseBytes(values[places[i]]));
        }
        out.write(room.bytes, 0, size);
    }

    static void readBigEndian(DataInput in, short[] values, int[] places) throws IOException {
        int size = Short.BYTES * places.length;
        ArrayRoom room = ArrayRoom.of(in, size, FORMAT);
        in.readFully(room.bytes, 0, size);
        for (int i = 0; i < places.length; i++) {
            values[places[i]] = Short.reverseBytes(room.shorts.get(i));
        }
    }

    /** A number that is mostly small and not below 0: seven bits a byte, the lowest first, ten bytes at the most. */
    static void writeSmall(DataOutput out, long value) throws IOException {
        long left = value;
        for (; left >>> 7 != 0; left >>>= 7) {
            out.writeByte((int) left | 0x80);
        }
        out.writeByte((int) left);
    }

    static long readSmall(DataInput in) throws IOException {
        long value = 0;
        int next = 0x80;
        for (int shift = 0; (next & 0x80) != 0; shift += 7) {
            next = in.readUnsignedByte();
            value |= (next & 0x7fL) << shift;
        }
        return value;
    }

    /** The same of what formats before the ninth held as an int. */
    static int readSmall(DataInput in, int format) throws IOException {
        return format < 9 ? in.readInt() : (int) readSmall(in);
    }

    /** A count that formats before the ninth held as an int, before the fifth as a long. */
    static int readCount(DataInput in, int format) throws IOException {
        return format < 5 ? readCount(in, true) : readSmall(in, format);
    }

    /** A count that earlier formats held as a long. */
    static int readCount(DataInput in, boolean wide) throws IOException {
        return wide ? (int) Math.min(in.readLong(), Integer.MAX_VALUE - 1) : in.readInt();
    }

    /** A number that earlier formats held in double precision. */
    static float readNumber(DataInput in, boolean wide) throws IOException {
        return wide ? (float) in.readDouble() : in.readFloat();
    }

    static void write(DataOutput out, Map<String, String> map) throws IOException {
        writeSmall(out, map.size());
        for (Map.Entry<String, String> entry : map.entrySet()) {
            write(out, entry.getKey());
            write(out, entry.getValue());
        }
    }

    static Map<String, String> readMap(DataInput in, int format) throws IOException {
        int size = readSmall(in, format);
        Map<String, String> map = size == 0 ? Map.of() : new LinkedHashMap<>(2 * size);
        for (int i = 0; i < size; i++) {
            map.put(readText(in, format), readText(in, format));
        }
        return map;
    }

    /** Not {@link DataOutput#writeUTF}, which fails beyond 64 kB. */
    private static void write(DataOutput out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeSmall(out, bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInput in, int format) throws IOException {
        byte[] bytes = new byte[readSmall(in, format)];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
