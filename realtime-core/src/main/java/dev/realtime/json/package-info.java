/** A JSON value without its parser: the one place that configures Jackson, with bounds on depth and size. */
@NullMarked
package dev.realtime.json;

import org.jspecify.annotations.NullMarked;
