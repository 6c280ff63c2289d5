package dev.realtime.runner.blackbox;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A TCP connection on which the test writes every byte itself. For one thread. */
final class RawSocket implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    RawSocket(int port) throws IOException {
        this(port, 0);
    }

    private RawSocket(int port, int receiveBytes) throws IOException {
        socket = new Socket();
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** One that the network takes little for, so that whoever sends to it soon has to wait. */
    static RawSocket narrow(int port) throws IOException {
        return new RawSocket(port, 4096);
    }

    /** Asks for a WebSocket; the head of the answer. */
    String upgrade(String path, String... headers) throws IOException {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        return head();
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Sends text that fits into 65535 bytes, masked with a key of zeros (RFC 6455 section 5.2). */
    void sendText(String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(8 + content.length).put((byte) 0x81);
        if (content.length < 126) {
            frame.put((byte) (0x80 | content.length));
        } else {
            frame.put((byte) 0xfe).putShort((short) content.length);
        }
        frame.putInt(0).put(content).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        write(bytes);
    }

    /** Reads frames up to one that begins so. */
    void awaitText(String beginning) throws IOException {
        DataInputStream input = new DataInputStream(socket.getInputStream());
        String text = "";
        while (!text.startsWith(beginning)) {
            input.readUnsignedByte();
            int length = input.readUnsignedByte();
            byte[] payload = new byte[length == 126 ? input.readUnsignedShort() : length];
            input.readFully(payload);
            text = new String(payload, StandardCharsets.UTF_8);
        }
    }

    /** Everything up to the end, which the server must bring about. */
    String readToEnd() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketException reset) {
            // An end as well: the server closed while bytes of ours were unread.
            all.write(-1);
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads frames up to the one that closes; its code (RFC 6455 section 5.5.1). */
    int closeCode() throws IOException {
        DataInputStream input = new DataInputStream(socket.getInputStream());
        while (true) {
            int opcode = input.readUnsignedByte() & 0x0f;
            int length = input.readUnsignedByte();
            byte[] payload = new byte[length == 126 ? input.readUnsignedShort() : length];
            input.readFully(payload);
            if (opcode == 8) {
                return ByteBuffer.wrap(payload).getShort();
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String head() throws IOException {
        InputStream input = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = input.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
