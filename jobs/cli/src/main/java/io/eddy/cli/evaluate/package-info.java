/** The command {@code evaluate}: forecasts on data sets of a suite, beside those of each expert and of simple baselines. */
@NullMarked
package io.eddy.cli.evaluate;

import org.jspecify.annotations.NullMarked;
