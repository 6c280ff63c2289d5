package dev.realtime.engine;

import dev.realtime.engine.outbox.Channel;
import dev.realtime.protocol.Protocol;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One protocol and the namespaces served in it. */
final class Door {
    private final Protocol protocol;
    private final Map<String, Channel> channels = new HashMap<>();

    Door(Protocol protocol, Set<String> namespaces) {
        this.protocol = protocol;
        namespaces.forEach(namespace -> channels.put(namespace, new Channel(protocol, namespace)));
    }

    Protocol protocol() {
        return protocol;
    }

    Optional<Channel> channel(String namespace) {
        return Optional.ofNullable(channels.get(namespace));
    }
}
