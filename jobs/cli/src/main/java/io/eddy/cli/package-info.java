/** The commands, and what they need to run on one machine: a Kafka broker, CSV files, a simulated fleet. */
@NullMarked
package io.eddy.cli;

import org.jspecify.annotations.NullMarked;
