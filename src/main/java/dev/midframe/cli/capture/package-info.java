/** {@code midframe capture}: a game on the screen, smoother. */
@NullMarked
package dev.midframe.cli.capture;

import org.jspecify.annotations.NullMarked;
