@org.jspecify.annotations.NullMarked
package io.eddy.bench;
