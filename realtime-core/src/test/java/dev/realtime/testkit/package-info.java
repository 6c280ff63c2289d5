/** What tests of this library and of its extensions need: time moved by hand. */
@NullMarked
package dev.realtime.testkit;

import org.jspecify.annotations.NullMarked;
