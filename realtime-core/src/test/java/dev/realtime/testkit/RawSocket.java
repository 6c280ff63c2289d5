package dev.realtime.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/**
 * A client of this machine that speaks HTTP and WebSocket (RFC 6455) byte by byte, also wrongly, and reads only when it
 * is asked to. It waits at most twenty seconds for anything. For one thread.
 */
public final class RawSocket implements AutoCloseable {
    /** The first byte of a text message in one frame. */
    public static final int TEXT = 0x81;

    /** The first byte of a binary message in one frame. */
    public static final int BINARY = 0x82;

    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;
    private static final int NO_STATUS = 1005;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket;
    private final DataInputStream input;

    /** Connected to the port. */
    public RawSocket(int port) throws IOException {
        this(port, 0);
    }

    /** The same; the network takes in {@code receiveBuffer} bytes before it is asked, 0 for the usual. */
    public RawSocket(int port, int receiveBuffer) throws IOException {
        this(new Socket(), port, receiveBuffer);
    }

    private RawSocket(Socket socket, int port, int receiveBuffer) throws IOException {
        this.socket = socket;
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        input = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Over TLS, trusting what the context trusts. */
    public static RawSocket secured(SSLContext context, int port, int receiveBuffer) throws IOException {
        return new RawSocket(context.getSocketFactory().createSocket(), port, receiveBuffer);
    }

    /** A WebSocket at this target; {@link IOException} when the upgrade is refused. */
    public static RawSocket upgraded(int port, String target, String... headers) throws IOException {
        return upgraded(port, 0, target, headers);
    }

    /** The same with a receive buffer of the given size, 0 for the usual. */
    public static RawSocket upgraded(int port, int receiveBuffer, String target, String... headers) throws IOException {
        RawSocket opened = new RawSocket(port, receiveBuffer);
        Answer answer = opened.upgrade(target, headers);
        if (answer.status() != 101) {
            opened.close();
            throw new IOException("not upgraded but " + answer);
        }
        return opened;
    }

    /**
     * An HTTP answer, read whole.
     *
     * @param headers by name in lower case
     */
    public record Answer(int status, Map<String, String> headers, String body) {}

    /** A WebSocket message or frame: its first byte and its content. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Received(int first, byte[] content) {
        /** Whether it is a close frame. */
        public boolean isClose() {
            return first == CLOSE;
        }

        /** The content as UTF-8. */
        public String text() {
            return new String(content, StandardCharsets.UTF_8);
        }

        /** The code of a close frame (RFC 6455 section 7.4); 1005 when it has none. */
        public int closeCode() {
            return content.length < 2 ? NO_STATUS : ByteBuffer.wrap(content).getShort() & 0xffff;
        }
    }

    /** Asks for a WebSocket, with further header lines. */
    public Answer upgrade(String target, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("GET " + target
                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return exchange(head.append("\r\n").toString());
    }

    /** Sends a request as it stands and reads the answer. */
    public Answer exchange(String request) throws IOException {
        send(request.getBytes(StandardCharsets.UTF_8));
        return answer();
    }

    /** Reads an answer. */
    public Answer answer() throws IOException {
        return answer(true);
    }

    /** Reads an answer to HEAD, which announces a body and has none. */
    public Answer answerWithoutBody() throws IOException {
        return answer(false);
    }

    /** Sends bytes as they stand. */
    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Sends a text message. */
    public void text(String text) throws IOException {
        frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends one masked frame; {@code first} is its first byte. */
    public void frame(int first, byte[] content) throws IOException {
        send(masked(first, content));
    }

    /** Sends as much of a frame as the server still takes. */
    public void tryFrame(int first, byte[] content) {
        try {
            frame(first, content);
        } catch (IOException closed) {
            // The server need not read what it refuses; what it said is still to be read.
        }
    }

    /** Sends a ping. */
    public void ping() throws IOException {
        frame(PING, new byte[0]);
    }

    /** Sends a close frame. */
    public void close(int code) throws IOException {
        frame(CLOSE, closeContent(code));
    }

    /** The bytes of a masked frame; {@code first} is its first byte. */
    public static byte[] masked(int first, byte[] content) {
        ByteBuffer frame = ByteBuffer.allocate(content.length + 14).put((byte) first);
        if (content.length < 126) {
            frame.put((byte) (0x80 | content.length));
        } else if (content.length < 65_536) {
            frame.put((byte) 0xfe).putShort((short) content.length);
        } else {
            frame.put((byte) 0xff).putLong(content.length);
        }
        frame.put(MASK);
        for (int i = 0; i < content.length; i++) {
            frame.put((byte) (content[i] ^ MASK[i & 3]));
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /** The content of a close frame. */
    public static byte[] closeContent(int code) {
        return new byte[] {(byte) (code >>> 8), (byte) code};
    }

    /** The next frame, whatever it is. */
    public Received nextFrame() throws IOException {
        int first = input.readUnsignedByte();
        byte[] content = new byte[length(input.readUnsignedByte())];
        input.readFully(content);
        return new Received(first, content);
    }

    /** The next message or close, put together from its fragments; pings are answered meanwhile. */
    public Received receive() throws IOException {
        int first = 0;
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (true) {
            Received part = nextFrame();
            if (part.isClose()) {
                return part;
            } else if (part.first() == PING) {
                frame(PONG, part.content());
            } else if (part.first() != PONG) {
                first |= part.first();
                content.writeBytes(part.content());
                if ((part.first() & 0x80) != 0) {
                    return new Received(first, content.toByteArray());
                }
            }
        }
    }

    /** Reads up to the message that begins so. */
    public void awaitText(String beginning) throws IOException {
        Received message = receive();
        while (!message.text().startsWith(beginning)) {
            if (message.isClose()) {
                throw new IOException("closed with " + message.closeCode() + " before " + beginning);
            }
            message = receive();
        }
    }

    /** Reads up to the frame that closes; its code. */
    public int closeCode() throws IOException {
        Received message = receive();
        while (!message.isClose()) {
            message = receive();
        }
        return message.closeCode();
    }

    /** Waits for the end of the connection, which the server must bring about. */
    public void awaitEnd() throws IOException {
        readToEnd();
    }

    /** Waits for that end; what came before it. */
    public byte[] readToEnd() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[65_536];
        try {
            for (int count = input.read(some); count >= 0; count = input.read(some)) {
                all.write(some, 0, count);
            }
        } catch (SocketException | EOFException reset) {
            // An end as well: the server closed while bytes of ours were unread.
        }
        return all.toByteArray();
    }

    /** Ends with a TCP reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
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
                new String(input.readNBytes(length), StandardCharsets.UTF_8));
    }

    private int length(int second) throws IOException {
        return switch (second) {
            case 126 -> input.readUnsignedShort();
            case 127 -> (int) input.readLong();
            default -> second;
        };
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n'; next = input.read()) {
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
