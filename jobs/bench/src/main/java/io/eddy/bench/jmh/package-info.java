/**
 * JMH benchmarks of the arithmetic, for those who change it: how one method's time moves, not how Eddy stands beside others.
 */
@org.jspecify.annotations.NullMarked
package io.eddy.bench.jmh;
