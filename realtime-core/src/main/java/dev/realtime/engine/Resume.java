package dev.realtime.engine;

import dev.realtime.fanout.Position;
import dev.realtime.json.Payload;
import java.util.Optional;

/**
 * What a client shows to get its session back.
 *
 * @param privateId the secret it was given
 * @param offset of the last event it got; empty when it got none
 */
record Resume(String privateId, Optional<String> offset) {

    /** Reads it out of the data of a connect; empty when it is an ordinary connect. */
    static Optional<Resume> of(Optional<Payload> data) {
        return text(data, "pid").map(privateId -> new Resume(privateId, text(data, "offset")));
    }

    /** The place of the last event it got. */
    Optional<Position> position() {
        return offset.flatMap(Position::read);
    }

    private static Optional<String> text(Optional<Payload> data, String field) {
        return data.flatMap(object -> object.get(field))
                .filter(value -> value.is(Payload.Kind.TEXT))
                .map(Payload::asText);
    }
}
