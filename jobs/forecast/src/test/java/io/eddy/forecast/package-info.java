/** Tests of the forecast job, from one step in an operator harness to the whole topology in a small cluster. */
@NullMarked
package io.eddy.forecast;

import org.jspecify.annotations.NullMarked;
