/** FILM at work on a device: three streams held together by events, memory and contexts. */
@NullMarked
package dev.midframe.tensorrt.run;

import org.jspecify.annotations.NullMarked;
