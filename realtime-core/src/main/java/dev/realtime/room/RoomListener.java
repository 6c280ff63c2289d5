package dev.realtime.room;

import dev.realtime.address.RoomId;
import java.util.Optional;

/** Hears who comes and goes, after the store knows. Called on the thread that caused it. */
public interface RoomListener {

    /** The participant has joined, or joined again. */
    void joined(RoomId room, Participant participant);

    /** The participant is no longer there; {@code reason} says why, unless it asked to leave. */
    void left(RoomId room, Participant participant, Optional<String> reason);
}
