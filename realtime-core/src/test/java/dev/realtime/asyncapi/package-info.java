/** The document of the wire, {@code docs/asyncapi.yaml}, as something that tests can hold the code against. */
@NullMarked
package dev.realtime.asyncapi;

import org.jspecify.annotations.NullMarked;
