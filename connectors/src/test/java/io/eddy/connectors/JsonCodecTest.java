package io.eddy.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eddy.Forecast;
import io.eddy.ForecastStep;
import io.eddy.LeadCoverage;
import io.eddy.Realised;
import io.eddy.Reject;
import io.eddy.Score;
import io.eddy.Status;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as the JSON that other programs read, and back as the store and the page read them. */
class JsonCodecTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static Score score() {
        return Score.newBuilder()
                .setSeries("a")
                .setLabels(Map.of("site", "x"))
                .setTarget("value")
                .setEventTime(NOON)
                .setProcessingTime(NOON.plusMillis(123))
                .setY(1.5)
                .setYhat(Double.NaN)
                .setYhatLower(-1)
                .setYhatUpper(3)
                .setAnomalyScore(0.25)
                .setAnomalyScoreRaw(0.25)
                .setPValue(0.5)
                .setDirection(-1)
                .setIsAnomaly(false)
                .setStatus(Status.NORMAL)
                .setStatusReason(null)
                .setImputed(false)
                .setNSamplesSeen(7)
                .setModelId("m")
                .setModelVersion(2)
                .setMemoryVersion(3)
                .setSuppressedBy(null)
                .setEventId("e")
                .setAttribution(null)
                .setCorrectionOf(NOON)
                .build();
    }

    @Test
    void aScoreIsPlainJson() {
        String json = new String(new JsonCodec<>(Score.class).encode(score()), UTF_8);
        assertThat(json)
                .startsWith("{\"series\":\"a\",\"labels\":{\"site\":\"x\"},\"target\":\"value\","
                        + "\"event_time\":\"2026-03-01T12:00:00Z\"")
                .contains("\"yhat\":null", "\"status\":\"NORMAL\"", "\"event_id\":\"e\"", "\"status_reason\":null");
    }

    @Test
    void aRecordIsReadAsItWasWritten() {
        JsonCodec<Score> scores = new JsonCodec<>(Score.class);
        // A NaN is not equal to itself as a field of a record, but it is as text.
        assertThat(scores.decode(scores.encode(score()))).hasToString(score().toString());

        Forecast forecast = Forecast.newBuilder()
                .setSeries("a")
                .setLabels(Map.of())
                .setTarget("value")
                .setIssuedAt(NOON)
                .setStepSeconds(60.0)
                .setModelId("m")
                .setModelVersion(1)
                .setSteps(List.of(new ForecastStep(1, NOON, 1.0, 0.5, 1.5, List.of(0.5, 1.0, 1.5))))
                .setThresholdEtaSeconds(null)
                .setThresholdProbability(0.5)
                .setRealised(
                        new Realised(1.0, 0.5, 0.8, 0.95, List.of(new LeadCoverage(4, 0.9)), Map.of("network", 0.25)))
                .build();
        JsonCodec<Forecast> forecasts = new JsonCodec<>(Forecast.class);
        assertThat(forecasts.decode(forecasts.encode(forecast))).isEqualTo(forecast);

        Reject reject = new Reject(ByteBuffer.wrap(new byte[] {0, -1, 7}), "t", 1, 2L, "because");
        JsonCodec<Reject> rejects = new JsonCodec<>(Reject.class);
        assertThat(rejects.decode(rejects.encode(reject))).isEqualTo(reject);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"bytes\":\"%\",\"topic\":\"t\",\"partition\":1,\"offset\":2,\"reason\":\"r\"}",
                "{\"bytes\":\"\",\"topic\":\"t\",\"partition\":\"one\",\"offset\":2,\"reason\":\"r\"}"
            })
    void whatIsNoSuchRecordIsRefused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JsonCodec<>(Reject.class).decode(json.getBytes(UTF_8)));
    }
}
