/**
 * The frames between arrival and departure: the cadence's decisions carried out, pairs in flight, latency and overload.
 */
@NullMarked
package dev.midframe.element.stream;

import org.jspecify.annotations.NullMarked;
