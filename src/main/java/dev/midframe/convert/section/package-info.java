/** What tells a section of a film from the whole: where it lies, and when its packets are shown. */
@NullMarked
package dev.midframe.convert.section;

import org.jspecify.annotations.NullMarked;
