/** How long the steps of one event take, and how much memory they allocate. */
@NullMarked
package dev.realtime.benchmarks;

import org.jspecify.annotations.NullMarked;
