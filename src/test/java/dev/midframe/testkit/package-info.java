/** What the tests of several packages share: real pipelines, and what came out of them. */
@NullMarked
package dev.midframe.testkit;

import org.jspecify.annotations.NullMarked;
