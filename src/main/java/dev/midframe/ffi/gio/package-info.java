/** GIO's D-Bus and GLib's variants: functions, and owners of what they give. */
@NullMarked
package dev.midframe.ffi.gio;

import org.jspecify.annotations.NullMarked;
