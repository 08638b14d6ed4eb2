/** {@code midframe demo}: the main job in one command, on a film of its own. */
@NullMarked
package dev.midframe.cli.demo;

import org.jspecify.annotations.NullMarked;
