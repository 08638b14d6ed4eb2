/** Evaluations as text, HTML and still pictures. Files are written whole or not at all. */
@NullMarked
package dev.midframe.quality.report;

import org.jspecify.annotations.NullMarked;
