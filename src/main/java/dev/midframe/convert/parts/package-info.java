/**
 * A film in parts, made one by one, on one machine after a crash or on many at once, and put together again: a plan, a folder of
 * finished parts, and what reads them back.
 */
@NullMarked
package dev.midframe.convert.parts;

import org.jspecify.annotations.NullMarked;
