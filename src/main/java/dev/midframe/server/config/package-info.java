/**
 * The configuration of {@code serve}: a HOCON file, read and checked as a whole, every complaint with file and line.
 */
@NullMarked
package dev.midframe.server.config;

import org.jspecify.annotations.NullMarked;
