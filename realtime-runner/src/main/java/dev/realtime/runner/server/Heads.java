package dev.realtime.runner.server;

import dev.realtime.transport.Handshake;
import dev.realtime.transport.QueryString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.util.MimeHeaders;

/**
 * What the head of an HTTP request says, taken out of Grizzly's recycled buffers, with the words of trusted proxies
 * put in the place of theirs. Safe for many threads.
 */
record Heads(Proxies proxies) {

    Handshake handshake(HttpRequestPacket request) {
        Map<String, List<String>> headers = headers(request);
        String peer = request.getRemoteAddress();
        if (proxies.trusts(peer)) {
            peer = proxies.client(peer, headers.getOrDefault("x-forwarded-for", List.of()));
            proxies.host(headers.getOrDefault("x-forwarded-host", List.of()))
                    .ifPresent(host -> headers.put("host", List.of(host)));
        }
        return new Handshake(request.getRequestURI(), query(request), headers, Optional.of(peer));
    }

    private static Map<String, String> query(HttpRequestPacket request) {
        String raw = request.getQueryString();
        return raw == null ? Map.of() : QueryString.parse(raw);
    }

    /** By name in lower case. */
    private static Map<String, List<String>> headers(HttpRequestPacket request) {
        MimeHeaders all = request.getHeaders();
        Map<String, List<String>> headers = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            headers.computeIfAbsent(all.getName(i).toString().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                    .add(all.getValue(i).toString());
        }
        return headers;
    }
}
