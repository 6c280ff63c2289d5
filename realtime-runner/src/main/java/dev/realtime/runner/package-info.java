/** The standalone server: main, and the wiring of everything else. */
@NullMarked
package dev.realtime.runner;

import org.jspecify.annotations.NullMarked;
