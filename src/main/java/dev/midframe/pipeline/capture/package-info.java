/** Pictures of the desktop: what its portal lends, once its user has agreed. */
@NullMarked
package dev.midframe.pipeline.capture;

import org.jspecify.annotations.NullMarked;
