/** {@code midframe play}: a player in front of a person. */
@NullMarked
package dev.midframe.cli.play;

import org.jspecify.annotations.NullMarked;
