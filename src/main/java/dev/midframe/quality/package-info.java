/** PSNR, SSIM, evaluation and reports. */
@NullMarked
package dev.midframe.quality;

import org.jspecify.annotations.NullMarked;
