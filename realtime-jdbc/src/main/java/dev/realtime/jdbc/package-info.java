/** Durable stores on PostgreSQL and H2, and the schema they need. */
@NullMarked
package dev.realtime.jdbc;

import org.jspecify.annotations.NullMarked;
