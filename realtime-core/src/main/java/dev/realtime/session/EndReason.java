package dev.realtime.session;

/** Why a session ended, as others in its rooms are told. */
public enum EndReason {
    CLIENT_DISCONNECT("client_disconnect"),
    SERVER_DISCONNECT("server_disconnect"),
    TRANSPORT_CLOSE("transport_close"),
    PING_TIMEOUT("ping_timeout"),
    TOKEN_EXPIRED("token_expired"),
    SLOW_CONSUMER("slow_consumer"),
    SERVER_SHUTDOWN("server_shutdown"),
    NODE_LOST("node_lost");

    private final String wire;

    EndReason(String wire) {
        this.wire = wire;
    }

    /** The word clients read in the field {@code reason}. */
    public String wire() {
        return wire;
    }

    /** Whether the session ended by somebody's word, and is not expected back. */
    public boolean isFinal() {
        return this == CLIENT_DISCONNECT || this == SERVER_DISCONNECT || this == SERVER_SHUTDOWN;
    }
}
