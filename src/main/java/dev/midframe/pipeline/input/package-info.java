/** What demuxers and decoders do wrong or leave open, put right before a stream runs. Called by {@code pipeline} alone. */
@NullMarked
package dev.midframe.pipeline.input;

import org.jspecify.annotations.NullMarked;
