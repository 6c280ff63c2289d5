/** The library in an embedded Tomcat. */
@NullMarked
package dev.realtime.examples.tomcat;

import org.jspecify.annotations.NullMarked;
