/** Tests of codecs and options. */
@NullMarked
package io.eddy.connectors;

import org.jspecify.annotations.NullMarked;
