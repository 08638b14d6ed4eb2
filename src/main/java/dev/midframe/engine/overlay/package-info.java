/**
 * Keeps what is drawn over a moving picture (subtitles, logos, head-up displays) from moving with it.
 *
 * <p>Two frames cannot distinguish a still letter from a piece of background that happens to look the same; several can. {@link
 * dev.midframe.engine.overlay.OverlayInterpolator} stands before any engine, watches the real frames, and puts the pixels that
 * stood still while all around them moved into the generated ones. Knows {@code interpolation} and nothing else.
 */
@NullMarked
package dev.midframe.engine.overlay;

import org.jspecify.annotations.NullMarked;
