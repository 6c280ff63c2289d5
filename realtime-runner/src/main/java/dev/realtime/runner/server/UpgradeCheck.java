package dev.realtime.runner.server;

import dev.realtime.transport.Handshake;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;

/** Whether a request is a WebSocket upgrade (RFC 6455 section 4.2.1). */
final class UpgradeCheck {
    private static final int KEY_BYTES = 16;

    private UpgradeCheck() {}

    static boolean isWellFormed(HttpRequestPacket request, Handshake handshake) {
        return Method.GET.equals(request.getMethod())
                && request.getProtocol() == Protocol.HTTP_1_1
                && handshake.header("host").isPresent()
                && asksToUpgrade(handshake)
                && handshake.header("sec-websocket-version").orElse("").equals("13")
                && isKey(handshake.header("sec-websocket-key").orElse(""));
    }

    /** The tokens of a header that has a comma separated list of them. */
    static List<String> tokens(Handshake handshake, String header) {
        List<String> tokens = new ArrayList<>(2);
        for (String value : handshake.headers().getOrDefault(header, List.of())) {
            for (String part : value.split(",", -1)) {
                tokens.add(part.strip());
            }
        }
        return tokens;
    }

    private static boolean asksToUpgrade(Handshake handshake) {
        for (String token : tokens(handshake, "connection")) {
            if (token.equalsIgnoreCase("upgrade")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
