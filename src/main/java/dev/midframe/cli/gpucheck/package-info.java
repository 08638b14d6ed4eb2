/** {@code midframe gpu-check}: every engine on the GPU against the CPU's, and its speed. */
@NullMarked
package dev.midframe.cli.gpucheck;

import org.jspecify.annotations.NullMarked;
