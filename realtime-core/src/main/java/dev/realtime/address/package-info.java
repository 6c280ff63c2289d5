/** Who and where: the ids of users, sessions, rooms and visits, and the audiences an event can be sent to. */
@NullMarked
package dev.realtime.address;

import org.jspecify.annotations.NullMarked;
