/** One class a command (picocli), and the wiring of all rooms: only this one knows every other. */
@NullMarked
package dev.midframe.cli;

import org.jspecify.annotations.NullMarked;
