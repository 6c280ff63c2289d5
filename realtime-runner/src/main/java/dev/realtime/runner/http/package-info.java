/** HTTP as the runner's pages see it, without a container: requests in, responses out. */
@NullMarked
package dev.realtime.runner.http;

import org.jspecify.annotations.NullMarked;
