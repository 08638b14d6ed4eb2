/**
 * What is measured on: clips decoded by GStreamer and triplets of pictures, as sequences with every other frame left out.
 */
@NullMarked
package dev.midframe.quality.material;

import org.jspecify.annotations.NullMarked;
