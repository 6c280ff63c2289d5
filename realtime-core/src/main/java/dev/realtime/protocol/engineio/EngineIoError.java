package dev.realtime.protocol.engineio;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Refusal;

/** The answers of Engine.IO 4 to requests it does not serve: HTTP 400 and a JSON body with these codes. */
enum EngineIoError {
    UNKNOWN_TRANSPORT(0, "Transport unknown"),
    UNKNOWN_SESSION(1, "Session ID unknown"),
    UNSUPPORTED_VERSION(5, "Unsupported protocol version");

    private final String body;

    EngineIoError(int code, String message) {
        this.body = "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
    }

    Refusal refusal() {
        return new Refusal(400, body, CloseReason.BAD_FRAME);
    }
}
