/** Who takes part in a visit; the one thing every domain may ask. */
@NullMarked
package dev.realtime.visit;

import org.jspecify.annotations.NullMarked;
