package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.NewLevel.Lesson;
import org.junit.jupiter.api.Test;

class NewLevelTest {
    private static final int PERSISTENCE = 3;

    private final NewLevel level = new NewLevel();

    private Lesson outside(double deviation) {
        return level.observe(true, deviation, PERSISTENCE);
    }

    @Test
    void oddValuesAlikeAreALevelAfterThePersistenceAndOnce() {
        for (int k = 0; k < PERSISTENCE; k++) {
            assertThat(outside(-10 - 0.1 * k)).isEqualTo(Lesson.WHAT_WAS_EXPECTED);
        }
        assertThat(outside(-10.3)).isEqualTo(Lesson.A_NEW_LEVEL);
        assertThat(level.distance()).isBetween(-10.3, -10.0);
        assertThat(outside(-10.4)).isEqualTo(Lesson.THE_VALUE);
    }

    @Test
    void valuesOnBothSidesOrEverFartherAreNone() {
        for (int k = 0; k < 10; k++) {
            assertThat(outside(k % 2 == 0 ? 10 : -10)).isNotEqualTo(Lesson.A_NEW_LEVEL);
        }
        NewLevel ramp = new NewLevel();
        for (int k = 1; k < 10; k++) {
            assertThat(ramp.observe(true, 10 * k, PERSISTENCE)).isNotEqualTo(Lesson.A_NEW_LEVEL);
        }
    }

    /** As a value that stays, which is odd and where it was expected. */
    @Test
    void whatIsOddWithinTheRangeIsLearntAndIsNoLevel() {
        for (int k = 0; k < 10; k++) {
            assertThat(level.observe(false, 1, PERSISTENCE)).isEqualTo(Lesson.THE_VALUE);
        }
    }

    @Test
    void whatAPersonCallsTheNewNormalIsALevelAtOnce() {
        assertThat(outside(10)).isEqualTo(Lesson.WHAT_WAS_EXPECTED);
        level.accept();
        assertThat(outside(10.1)).isEqualTo(Lesson.A_NEW_LEVEL);
    }
}
