package io.eddy.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** Bytes through which arrays are read and written in one piece, and what they are as numbers. */
public final class ArrayRoom {
    /** More than any array of the lean tier takes. */
    private static final int USUAL = 4096;

    /** Whatever many memories are read from or written to, and so has a room at hand. */
    public interface Holder {
        /** Always the same. */
        ArrayRoom arrayRoom();
    }

    final byte[] bytes;
    final ShortBuffer shorts;
    final FloatBuffer floats;
    final DoubleBuffer doubles;

    /** For arrays of the lean tier. */
    public ArrayRoom() {
        this(USUAL, ByteOrder.LITTLE_ENDIAN);
    }

    private ArrayRoom(int size, ByteOrder order) {
        ByteBuffer room = ByteBuffer.allocate(size).order(order);
        bytes = room.array();
        shorts = room.asShortBuffer();
        floats = room.asFloatBuffer();
        doubles = room.asDoubleBuffer();
    }

    /** Room for an array. Arrays lie as most processors have them, before the thirteenth format big-endian as {@link java.io.DataOutput} writes its numbers. */
    static ArrayRoom of(Object stream, int bytes, int format) {
        if (stream instanceof Holder holder && bytes <= USUAL && format >= 13) {
            return holder.arrayRoom();
        }
        return new ArrayRoom(bytes, format < 13 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }
}
