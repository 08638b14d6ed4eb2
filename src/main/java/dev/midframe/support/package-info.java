/** Small mechanisms that several packages need and no library gives. Knows no other package. */
@NullMarked
package dev.midframe.support;

import org.jspecify.annotations.NullMarked;
