/** What people look at: the live page and the report of a backtest. */
@NullMarked
package io.eddy.cli.page;

import org.jspecify.annotations.NullMarked;
