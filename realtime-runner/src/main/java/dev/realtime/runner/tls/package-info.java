/** The certificate and key that the server shows: read from PEM files, checked, and read again when they change. */
@NullMarked
package dev.realtime.runner.tls;

import org.jspecify.annotations.NullMarked;
