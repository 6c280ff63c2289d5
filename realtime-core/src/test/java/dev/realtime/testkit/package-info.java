/** For tests: the contract of each store interface, time moved by hand, and a client without a socket; the test-jar. */
@NullMarked
package dev.realtime.testkit;

import org.jspecify.annotations.NullMarked;
