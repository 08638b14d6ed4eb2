/** The element's properties: how they are declared to GObject, read and set. */
@NullMarked
package dev.midframe.element.properties;

import org.jspecify.annotations.NullMarked;
