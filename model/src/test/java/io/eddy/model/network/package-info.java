@NullMarked
package io.eddy.model.network;

import org.jspecify.annotations.NullMarked;
