/** The small application that the public protocol suites are run against. */
@NullMarked
package dev.realtime.runner.conformance;

import org.jspecify.annotations.NullMarked;
