package dev.realtime.engine;

import dev.realtime.protocol.Protocol;

/**
 * A protocol and the namespace spoken in it. Sessions of one channel get the same bytes, so there is one instance
 * for each and they are compared by identity.
 */
final class Channel {
    private final Protocol protocol;
    private final String namespace;

    Channel(Protocol protocol, String namespace) {
        this.protocol = protocol;
        this.namespace = namespace;
    }

    Protocol protocol() {
        return protocol;
    }

    String namespace() {
        return namespace;
    }
}
