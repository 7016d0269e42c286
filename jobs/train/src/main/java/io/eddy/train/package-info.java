/** Trains new weights while the stream runs: windows, network, judge, and the round that publishes or rejects. */
@NullMarked
package io.eddy.train;

import org.jspecify.annotations.NullMarked;
