package dev.realtime.asyncapi;

import dev.realtime.json.Payload;
import java.util.List;

/**
 * One event in one direction.
 *
 * @param event its name on the wire
 * @param payload the shape of its data
 * @param replies the shape of its ack when it succeeds, and the one when it fails; none for events of the server
 */
public record Operation(Action action, String event, Shape payload, List<Shape> replies) {

    /** Seen from the server. */
    public enum Action {
        /** A client sends it. */
        RECEIVE,
        /** The server sends it. */
        SEND
    }

    /** The shape that this ack has to have. */
    public Shape reply(Payload ack) {
        return replies.get(isSuccess(ack) ? 0 : 1);
    }

    static boolean isSuccess(Payload ack) {
        return ack.get("success").filter(Payload.of(true)::equals).isPresent();
    }
}
