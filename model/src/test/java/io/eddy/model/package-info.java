@NullMarked
package io.eddy.model;

import org.jspecify.annotations.NullMarked;
