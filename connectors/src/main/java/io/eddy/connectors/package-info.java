/** Where records come from and go to: codecs, Kafka sources and sinks, windows, and the options that name them. */
@NullMarked
package io.eddy.connectors;

import org.jspecify.annotations.NullMarked;
