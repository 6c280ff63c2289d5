/** For tests: the contract that each store interface promises, and time moved by hand. Shipped as the test-jar. */
@NullMarked
package dev.realtime.testkit;

import org.jspecify.annotations.NullMarked;
