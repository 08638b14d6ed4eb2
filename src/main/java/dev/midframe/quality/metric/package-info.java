/**
 * What is measured on a picture: PSNR, SSIM, stillness and brightness, and their summaries.
 *
 * <p>Called by {@code quality} and its reports. Pictures are 8-bit channels without padding ({@link dev.midframe.quality.metric.Channels}).
 */
@NullMarked
package dev.midframe.quality.metric;

import org.jspecify.annotations.NullMarked;
