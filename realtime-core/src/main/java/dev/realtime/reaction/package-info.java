/** Rules between domains: what happens in one of them because of something in another. */
@NullMarked
package dev.realtime.reaction;

import org.jspecify.annotations.NullMarked;
