/** Where this server keeps what it must not forget: a database, or memory. */
@NullMarked
package dev.realtime.runner.storage;

import org.jspecify.annotations.NullMarked;
