package dev.midframe.cli.convert;

import java.nio.file.Path;

/** A film and where it goes. */
record Job(Path input, Path output) {}
