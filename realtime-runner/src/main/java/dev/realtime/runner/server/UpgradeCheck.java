package dev.realtime.runner.server;

import dev.realtime.transport.Handshake;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.tyrus.core.RequestContext;
import org.glassfish.tyrus.spi.UpgradeRequest;

/** Whether a request is a WebSocket upgrade (RFC 6455 section 4.2.1), and how Tyrus is told of it. */
final class UpgradeCheck {
    private static final int KEY_BYTES = 16;

    private UpgradeCheck() {}

    static boolean isWellFormed(HttpRequestPacket request, Handshake handshake) {
        return Method.GET.equals(request.getMethod())
                && request.getProtocol() == Protocol.HTTP_1_1
                && handshake.header("host").isPresent()
                && tokens(handshake, "connection").contains("upgrade")
                && handshake
                        .header("sec-websocket-version")
                        .filter("13"::equals)
                        .isPresent()
                && handshake
                        .header("sec-websocket-key")
                        .filter(UpgradeCheck::isKey)
                        .isPresent();
    }

    /** What Tyrus needs of the request and no more: it keeps what it gets as long as the session lives. */
    static UpgradeRequest forTyrus(HttpRequestPacket request, Handshake handshake) {
        RequestContext context = RequestContext.Builder.create()
                .requestURI(URI.create(handshake.path()))
                .queryString("")
                .parameterMap(Map.of())
                .secure(request.isSecure())
                .tyrusProperties(Map.of())
                .build();
        Map<String, List<String>> headers = context.getHeaders();
        headers.put(UpgradeRequest.UPGRADE, List.of(UpgradeRequest.WEBSOCKET));
        headers.put(UpgradeRequest.CONNECTION, List.of(UpgradeRequest.UPGRADE));
        headers.put(UpgradeRequest.HOST, List.of(""));
        headers.put("Sec-WebSocket-Version", List.of("13"));
        handshake.header("sec-websocket-key").ifPresent(key -> headers.put("Sec-WebSocket-Key", List.of(key)));
        List<String> offered = handshake.headers().getOrDefault("sec-websocket-protocol", List.of());
        if (!offered.isEmpty()) {
            headers.put("Sec-WebSocket-Protocol", split(offered));
        }
        return context;
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static List<String> tokens(Handshake handshake, String header) {
        return split(handshake.headers().getOrDefault(header, List.of())).stream()
                .map(token -> token.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<String> split(List<String> values) {
        return values.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .toList();
    }
}
