@NullMarked
package io.eddy.cli.page;

import org.jspecify.annotations.NullMarked;
