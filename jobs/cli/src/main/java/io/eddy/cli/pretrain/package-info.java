/** The command {@code pretrain}: base weights from generated series alone, and the ones that ship. */
@NullMarked
package io.eddy.cli.pretrain;

import org.jspecify.annotations.NullMarked;
