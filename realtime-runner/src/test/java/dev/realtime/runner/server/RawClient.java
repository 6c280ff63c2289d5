package dev.realtime.runner.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/** A client that speaks HTTP and RFC 6455 byte by byte, also wrongly. For one thread. */
final class RawClient implements AutoCloseable {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    RawClient(int port) throws IOException {
        this(port, 0);
    }

    /** With a receive buffer of the given size, 0 for the default. */
    RawClient(int port, int receiveBuffer) throws IOException {
        this(new Socket(), port, receiveBuffer);
    }

    /** Over TLS, trusting what the context trusts. */
    static RawClient secured(SSLContext context, int port, int receiveBuffer) throws IOException {
        return new RawClient(context.getSocketFactory().createSocket(), port, receiveBuffer);
    }

    private RawClient(Socket socket, int port, int receiveBuffer) throws IOException {
        this.socket = socket;
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    /** An HTTP answer, read whole. */
    record Answer(int status, Map<String, String> headers, String body) {}

    static RawClient upgraded(int port, String target) throws IOException {
        RawClient client = new RawClient(port);
        Answer answer = client.upgrade(target);
        if (answer.status() != 101) {
            throw new IOException("not upgraded but " + answer);
        }
        return client;
    }

    Answer upgrade(String target, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("GET " + target
                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                + "Connection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return exchange(head.append("\r\n").toString());
    }

    Answer exchange(String request) throws IOException {
        send(request.getBytes(StandardCharsets.UTF_8));
        return answer();
    }

    Answer answer() throws IOException {
        return answer(true);
    }

    /** An answer to HEAD announces a body and has none. */
    Answer answerWithoutBody() throws IOException {
        return answer(false);
    }

    private Answer answer(boolean hasBody) throws IOException {
        String status = line();
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = hasBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
        return new Answer(
                Integer.parseInt(status.substring(9, 12)),
                headers,
                new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void text(String text) throws IOException {
        send(masked(0x81, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** One masked frame; {@code first} is its first byte. */
    static byte[] masked(int first, byte[] content) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(content.length + 14);
        frame.write(first);
        if (content.length < 126) {
            frame.write(0x80 | content.length);
        } else if (content.length < 65_536) {
            frame.write(0x80 | 126);
            frame.write(content.length >>> 8);
            frame.write(content.length);
        } else {
            frame.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) content.length >>> shift));
            }
        }
        byte[] mask = {1, 2, 3, 4};
        frame.writeBytes(mask);
        for (int i = 0; i < content.length; i++) {
            frame.write(content[i] ^ mask[i & 3]);
        }
        return frame.toByteArray();
    }

    static byte[] closeContent(int code) {
        return new byte[] {(byte) (code >>> 8), (byte) code};
    }

    /** A frame of the server: its first byte and its content. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Received(int first, byte[] content) {
        String text() {
            return new String(content, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return (content[0] & 0xff) << 8 | (content[1] & 0xff);
        }
    }

    Received receive() throws IOException {
        int first = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] content = new byte[(int) length];
        in.readFully(content);
        return new Received(first, content);
    }

    /** Whether the server has closed; reads and forgets what is still on its way. */
    boolean hasEnded() throws IOException {
        return countToEnd() >= 0;
    }

    /** How many bytes come before the end of the connection, which the server must bring about. */
    long countToEnd() throws IOException {
        byte[] rest = new byte[65_536];
        long all = 0;
        try {
            for (int count = in.read(rest); count >= 0; count = in.read(rest)) {
                all += count;
            }
        } catch (java.net.SocketException reset) {
            // An end as well.
        }
        return all;
    }

    /** Ends with a TCP reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the server closed within a line: " + line);
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
