/**
 * One configured stream: its source's pipeline, the pipeline that interpolates and encodes, and the rules of starting again.
 */
@NullMarked
package dev.midframe.server.stream;

import org.jspecify.annotations.NullMarked;
