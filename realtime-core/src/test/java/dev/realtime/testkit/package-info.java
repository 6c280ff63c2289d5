/** What those who implement an extension point test it with: one contract per SPI, and the tools they share. */
@NullMarked
package dev.realtime.testkit;

import org.jspecify.annotations.NullMarked;
