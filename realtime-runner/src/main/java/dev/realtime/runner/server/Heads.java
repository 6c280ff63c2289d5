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

/** What the head of an HTTP request says, taken out of Grizzly's recycled buffers. */
final class Heads {
    private Heads() {}

    static Handshake handshake(HttpRequestPacket request) {
        return new Handshake(
                request.getRequestURI(), query(request), headers(request), Optional.of(request.getRemoteAddress()));
    }

    static Map<String, String> query(HttpRequestPacket request) {
        String raw = request.getQueryString();
        return raw == null ? Map.of() : QueryString.parse(raw);
    }

    /** By name in lower case. */
    static Map<String, List<String>> headers(HttpRequestPacket request) {
        MimeHeaders all = request.getHeaders();
        Map<String, List<String>> headers = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            headers.computeIfAbsent(all.getName(i).toString().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                    .add(all.getValue(i).toString());
        }
        return headers;
    }
}
