/** Negotiation: which caps fit on the other pad, and what fixed caps say of the frames. */
@NullMarked
package dev.midframe.element.caps;

import org.jspecify.annotations.NullMarked;
