/** Code that a host could have written: it uses what the library exports, and nothing else. */
@NullMarked
package dev.realtime.thirdparty;

import org.jspecify.annotations.NullMarked;
