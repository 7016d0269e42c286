package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import org.junit.jupiter.api.Test;

/** What is said of the topics before the jobs start. */
class TopicsIT extends BrokerTesting {
    @Test
    void aPatternThatNoTopicMatchesIsSaid() throws Exception {
        try (TestingTopics topics = new TestingTopics(kafka, "some")) {
            assertThat(Topics.unmatched(topics.options())).isNull();
            Options options = topics.options().with(KafkaOptions.READINGS, "/some-readin.*/");
            assertThat(Topics.unmatched(options)).isNull();
            assertThat(Topics.unmatched(options.with(KafkaOptions.READINGS, "/some-redin.*/")))
                    .isEqualTo(
                            "topics.readings: no topic matches some-redin.* yet; one that comes is read within half a"
                                    + " minute");
        }
    }
}
