/** For tests: the contract of each store interface, clients without sockets, and time moved by hand. The test-jar. */
@NullMarked
package dev.realtime.testkit;

import org.jspecify.annotations.NullMarked;
