/** {@code midframe convert}: films from files to files, in front of a person. */
@NullMarked
package dev.midframe.cli.convert;

import org.jspecify.annotations.NullMarked;
