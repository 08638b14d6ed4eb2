/** How well scene cuts are distinguished from motion, measured on real clips joined or altered at random. */
@NullMarked
package dev.midframe.quality.cuts;

import org.jspecify.annotations.NullMarked;
