/**
 * The soak: the server as a user starts it, for an hour, with sources and clients that misbehave; what it used and what good
 * clients saw, as curves and a verdict. CONTRIBUTING.md has the command.
 */
@NullMarked
package dev.midframe.soak;

import org.jspecify.annotations.NullMarked;
