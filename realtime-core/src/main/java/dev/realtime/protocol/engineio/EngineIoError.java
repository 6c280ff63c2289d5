package dev.realtime.protocol.engineio;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.HttpAnswer;
import dev.realtime.transport.Refusal;

/** The answers of Engine.IO 4 to requests it does not serve: a status and a JSON body with these codes. */
enum EngineIoError {
    UNKNOWN_TRANSPORT(400, 0, "Transport unknown"),
    UNKNOWN_SESSION(400, 1, "Session ID unknown"),
    BAD_METHOD(400, 2, "Bad handshake method"),
    BAD_REQUEST(400, 3, "Bad request"),
    FORBIDDEN(403, 4, "Forbidden"),
    UNSUPPORTED_VERSION(400, 5, "Unsupported protocol version");

    private final int status;
    private final String body;

    EngineIoError(int status, int code, String message) {
        this.status = status;
        this.body = "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
    }

    Refusal refusal() {
        return new Refusal(status, body, this == FORBIDDEN ? CloseReason.FORBIDDEN_ORIGIN : CloseReason.BAD_FRAME);
    }

    HttpAnswer answer() {
        return HttpAnswer.of(refusal());
    }
}
