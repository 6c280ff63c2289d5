/** Notifications: what a host tells its users, kept for each of them until and after it is read. */
@NullMarked
package dev.realtime.notification;

import org.jspecify.annotations.NullMarked;
