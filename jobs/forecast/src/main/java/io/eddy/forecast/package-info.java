/** The forecast job: readings in; scores, forecasts and events out. */
@NullMarked
package io.eddy.forecast;

import org.jspecify.annotations.NullMarked;
