/** Tests of the store job on a real Postgres. */
@NullMarked
package io.eddy.store;

import org.jspecify.annotations.NullMarked;
