/**
 * FFmpeg's libraries for containers, as GStreamer's libav plugin brings them: functions by their C names, offsets of fields.
 *
 * <p>Nothing here decodes or encodes. Two binary interfaces are known, those of FFmpeg 5 (Debian 12) and 7 (Debian 13).
 */
@NullMarked
package dev.midframe.ffi.av;

import org.jspecify.annotations.NullMarked;
