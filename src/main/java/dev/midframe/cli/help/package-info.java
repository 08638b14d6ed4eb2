/** How help looks. */
@NullMarked
package dev.midframe.cli.help;

import org.jspecify.annotations.NullMarked;
