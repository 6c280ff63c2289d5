/** Who is there: credentials in, a principal out. */
@NullMarked
package dev.realtime.auth;

import org.jspecify.annotations.NullMarked;
