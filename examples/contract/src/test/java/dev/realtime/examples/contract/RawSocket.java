package dev.realtime.examples.contract;

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

/**
 * A WebSocket client that writes its own bytes (RFC 6455) and reads only when it is asked to. It waits at most twenty
 * seconds. For one thread.
 */
final class RawSocket implements AutoCloseable {
    static final int TEXT = 0x81;
    static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket = new Socket();
    private final DataInputStream input;

    /** Upgraded at {@code target}; {@code receiveBuffer} bytes are taken in before it is asked, 0 for the usual. */
    RawSocket(int port, String target, int receiveBuffer, String... headers) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        input = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        StringBuilder request = new StringBuilder("GET " + target
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        String head = head();
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException("not upgraded but " + head);
        }
    }

    /** A message of the server: its content and whether it closes. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Message(int first, byte[] content) {
        boolean isClose() {
            return first == CLOSE;
        }

        String text() {
            return new String(content, StandardCharsets.UTF_8);
        }

        /** RFC 6455 section 7.4; 1005 when the server gave none. */
        int closeCode() {
            return content.length < 2 ? 1005 : ByteBuffer.wrap(content).getShort() & 0xffff;
        }
    }

    void text(String text) throws IOException {
        frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** One masked frame; {@code first} is its first byte. */
    void frame(int first, byte[] content) throws IOException {
        write(masked(first, content));
    }

    void close(int code) throws IOException {
        frame(CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    /** Sends as much as the server still takes. */
    void tryFrame(int first, byte[] content) {
        try {
            frame(first, content);
        } catch (IOException closed) {
            // The server need not read what it refuses; what it said is still to be read.
        }
    }

    void ping() throws IOException {
        frame(PING, new byte[0]);
    }

    /** The next message, put together from its fragments; pings are answered meanwhile. */
    Message receive() throws IOException {
        int first = 0;
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (true) {
            int head = input.readUnsignedByte();
            byte[] part = new byte[length(input.readUnsignedByte())];
            input.readFully(part);
            if (head == PING) {
                frame(PONG, part);
            } else if (head == CLOSE) {
                return new Message(head, part);
            } else if (head != PONG) {
                first |= head;
                content.writeBytes(part);
                if ((head & 0x80) != 0) {
                    return new Message(first, content.toByteArray());
                }
            }
        }
    }

    /** Reads up to the message that closes; its code. */
    int closeCode() throws IOException {
        Message message = receive();
        while (!message.isClose()) {
            message = receive();
        }
        return message.closeCode();
    }

    /** Reads up to the end of the connection, which the server must bring about. */
    void awaitEnd() throws IOException {
        byte[] rest = new byte[65_536];
        try {
            while (input.read(rest) >= 0) {
                // What was on its way is of no interest.
            }
        } catch (SocketException | EOFException reset) {
            // An end as well.
        }
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

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    private int length(int second) throws IOException {
        return switch (second) {
            case 126 -> input.readUnsignedShort();
            case 127 -> (int) input.readLong();
            default -> second;
        };
    }

    private static byte[] masked(int first, byte[] content) {
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
        return java.util.Arrays.copyOf(frame.array(), frame.position());
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) input.readUnsignedByte());
        }
        return head.toString();
    }
}
