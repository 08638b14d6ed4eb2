/** HTTP: the page, the control API, who may call them and how often. Knows nothing of pipelines. */
@NullMarked
package dev.midframe.server.http;

import org.jspecify.annotations.NullMarked;
