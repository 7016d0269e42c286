package io.eddy.bench;

import io.eddy.connectors.Decoded;
import io.eddy.forecast.MemorySerializer;
import io.eddy.forecast.PackedMemory;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Reads the memory of a series and writes it back as it was: what Flink costs without Eddy. */
final class PassThrough extends KeyedProcessFunction<String, Tuple3<String, Long, Double>, Long> {
    private static final long serialVersionUID = 1L;

    private transient ValueState<PackedMemory> memory;
    private transient PackedMemory aged;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    private PassThrough() {}

    static void define(DataStream<Decoded> readings) {
        readings.<Tuple3<String, Long, Double>>flatMap((decoded, out) -> {
                    if (decoded.reading != null) {
                        out.collect(Tuple3.of(
                                decoded.reading.getSeries(),
                                decoded.reading.getEventTime().toEpochMilli(),
                                decoded.reading.getValues().get(0)));
                    }
                })
                .returns(Types.TUPLE(Types.STRING, Types.LONG, Types.DOUBLE))
                .keyBy(reading -> reading.f0)
                .process(new PassThrough())
                .sinkTo(new MarkingSink<>());
    }

    @Override
    public void open(OpenContext context) throws IOException {
        memory = getRuntimeContext().getState(new ValueStateDescriptor<>("memory", MemorySerializer.INSTANCE));
        aged = PackedMemory.of(SeriesSize.aged(SeriesSize.forecaster(), SeriesSize.weights(), 1));
    }

    @Override
    public void processElement(Tuple3<String, Long, Double> reading, Context context, Collector<Long> out)
            throws Exception {
        PackedMemory known = memory.value();
        memory.update(known == null ? MemorySerializer.INSTANCE.copy(aged) : known);
        out.collect(reading.f1);
    }
}
