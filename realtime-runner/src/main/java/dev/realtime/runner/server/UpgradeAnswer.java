package dev.realtime.runner.server;

import dev.realtime.transport.Handshake;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The bytes that answer a well-formed upgrade (RFC 6455 section 4.2.2). No extension is ever agreed to: inflated
 * messages have no bound that is worth the memory.
 */
final class UpgradeAnswer {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String HEAD = "HTTP/1.1 101 Switching Protocols\r\n"
            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ";

    private UpgradeAnswer() {}

    static byte[] to(Handshake handshake, Mount mount) {
        String key = handshake.header("sec-websocket-key").orElseThrow().strip();
        StringBuilder answer = new StringBuilder(256).append(HEAD).append(acceptOf(key));
        subprotocol(handshake, mount)
                .ifPresent(
                        chosen -> answer.append("\r\nSec-WebSocket-Protocol: ").append(chosen));
        return answer.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The first of the mount's subprotocols that the client offers; a client that offers none of them gets none. */
    private static Optional<String> subprotocol(Handshake handshake, Mount mount) {
        List<String> offered = UpgradeCheck.tokens(handshake, "sec-websocket-protocol");
        for (String known : mount.subprotocols()) {
            if (offered.contains(known)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    private static String acceptOf(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }
}
