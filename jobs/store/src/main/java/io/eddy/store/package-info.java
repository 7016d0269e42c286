/** Writes what the output topics say to Postgres, in idempotent batches, so that a database in trouble delays only this job. */
@NullMarked
package io.eddy.store;

import org.jspecify.annotations.NullMarked;
