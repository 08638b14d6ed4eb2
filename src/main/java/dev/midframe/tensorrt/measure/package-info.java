/** What an engine costs on this machine's GPU. */
@NullMarked
package dev.midframe.tensorrt.measure;

import org.jspecify.annotations.NullMarked;
