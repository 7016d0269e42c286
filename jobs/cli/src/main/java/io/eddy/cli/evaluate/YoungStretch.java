package io.eddy.cli.evaluate;

/** Stretches of a young series' life, by how many values it had when a forecast was issued; they overlap. */
enum YoungStretch {
    POINTS_1_TO_10("1-10"),
    POINTS_11_TO_40("11-40"),
    FIRST_SEASON("season 1"),
    SECOND_SEASON("season 2");

    final String title;

    YoungStretch(String title) {
        this.title = title;
    }

    /** @param values at least 1 */
    boolean holds(int values, int season) {
        return switch (this) {
            case POINTS_1_TO_10 -> values <= 10;
            case POINTS_11_TO_40 -> values > 10 && values <= 40;
            case FIRST_SEASON -> season > 1 && values <= season;
            case SECOND_SEASON -> season > 1 && values > season && values <= 2 * season;
        };
    }
}
