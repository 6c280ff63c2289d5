package dev.realtime.runner.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between one TLS client and the server and counts the records with content that the server sends. */
final class RecordCounter implements AutoCloseable {
    private static final int APPLICATION_DATA = 23;

    private final ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final AtomicInteger records = new AtomicInteger();

    RecordCounter(int serverPort) throws IOException {
        Thread relay = new Thread(() -> relay(serverPort), "test-relay");
        relay.setDaemon(true);
        relay.start();
    }

    int port() {
        return door.getLocalPort();
    }

    int records() {
        return records.get();
    }

    private void relay(int serverPort) {
        try (Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            Thread back = new Thread(() -> copy(client, server), "test-relay-back");
            back.setDaemon(true);
            back.start();
            count(new DataInputStream(server.getInputStream()), client.getOutputStream());
        } catch (IOException over) {
            // One of them has gone; the test knows which.
        }
    }

    /** Each record begins with its type, a version and its length (RFC 8446 section 5.1). */
    private void count(DataInputStream in, OutputStream out) throws IOException {
        byte[] head = new byte[5];
        while (true) {
            in.readFully(head);
            byte[] content = new byte[(head[3] & 0xff) << 8 | (head[4] & 0xff)];
            in.readFully(content);
            if (head[0] == APPLICATION_DATA) {
                records.incrementAndGet();
            }
            out.write(head);
            out.write(content);
            out.flush();
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } catch (IOException over) {
            // As above.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
