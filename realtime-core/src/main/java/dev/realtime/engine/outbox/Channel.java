package dev.realtime.engine.outbox;

import dev.realtime.protocol.Protocol;

/**
 * A protocol and the namespace spoken in it. Sessions of one channel get the same bytes, so there is one instance
 * for each and they are compared by identity.
 */
public final class Channel {
    private final Protocol protocol;
    private final String namespace;

    /** One namespace of a protocol. */
    public Channel(Protocol protocol, String namespace) {
        this.protocol = protocol;
        this.namespace = namespace;
    }

    /** How its sessions are spoken to. */
    public Protocol protocol() {
        return protocol;
    }

    /** Where they are spoken to. */
    public String namespace() {
        return namespace;
    }
}
