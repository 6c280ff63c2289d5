package dev.realtime.runner.blackbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A poller of a {@link Crowd}, with one request at a time on one connection. For the thread of the crowd. */
abstract class PollingPeer extends Peer {
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "content-length: ";

    private final ByteArrayOutputStream answer = new ByteArrayOutputStream(512);
    private String path = "/socket.io/?EIO=4&transport=polling";

    /** The answer to the last request, which has to make the next or end. */
    abstract void answered(String body);

    @Override
    final void begin() {
        get();
    }

    /** From now on requests are of this session. */
    final void use(String sid) {
        path += "&sid=" + sid;
    }

    final void get() {
        send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    final void post(String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n" + body);
    }

    @Override
    final void arrived(ByteBuffer bytes) {
        byte[] piece = new byte[bytes.remaining()];
        bytes.get(piece);
        answer.writeBytes(piece);
        String text = answer.toString(StandardCharsets.ISO_8859_1);
        int body = text.indexOf(new String(HEAD_END, StandardCharsets.US_ASCII)) + HEAD_END.length;
        if (body < HEAD_END.length) {
            return;
        }
        String head = text.substring(0, body).toLowerCase(Locale.ROOT);
        int length = head.indexOf(LENGTH) + LENGTH.length();
        int end = body + Integer.parseInt(head.substring(length, head.indexOf('\r', length)));
        if (text.length() < end) {
            return;
        }
        if (!head.startsWith("http/1.1 200")) {
            throw new IllegalStateException(text);
        }
        answer.reset();
        answered(text.substring(body, end));
    }
}
