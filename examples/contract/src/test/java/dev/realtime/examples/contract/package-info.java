/** What the library promises in any container, as tests to inherit. */
@NullMarked
package dev.realtime.examples.contract;

import org.jspecify.annotations.NullMarked;
