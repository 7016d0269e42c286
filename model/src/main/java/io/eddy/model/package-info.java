/** The arithmetic of Eddy, on the JDK alone: LSTM step, weights, per-series memory, calibration, score, metrics. */
@NullMarked
package io.eddy.model;

import org.jspecify.annotations.NullMarked;
