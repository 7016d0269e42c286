package io.eddy.cli.page;

/** A series and the field of it that is judged. */
record SeriesId(String series, String target) {}
