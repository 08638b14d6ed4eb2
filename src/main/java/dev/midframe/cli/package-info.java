/** One class a command (picocli), and the wiring of all packages: only this one depends on every other. */
@NullMarked
package dev.midframe.cli;

import org.jspecify.annotations.NullMarked;
