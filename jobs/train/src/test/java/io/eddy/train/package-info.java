@NullMarked
package io.eddy.train;

import org.jspecify.annotations.NullMarked;
