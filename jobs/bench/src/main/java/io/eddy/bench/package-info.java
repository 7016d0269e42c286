/** Benchmarks: Eddy beside what else does the same, measured side by side in one run. */
@org.jspecify.annotations.NullMarked
package io.eddy.bench;
