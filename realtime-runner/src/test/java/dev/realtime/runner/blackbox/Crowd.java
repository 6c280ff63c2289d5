package dev.realtime.runner.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Many connections on one thread, for tests with more clients than threads. Peers are called on that thread alone;
 * {@link #run} and {@link #close} may be called from any.
 */
final class Crowd implements AutoCloseable {
    private final int port;
    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer arrived = ByteBuffer.allocate(1 << 18);
    private final Thread thread = new Thread(this::select, "crowd");
    private volatile boolean isClosed;
    private int connected;

    Crowd(int port) {
        this.port = port;
        try {
            selector = Selector.open();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Has it done on the thread of the crowd. */
    void run(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Connects the peer, with a receive buffer of the given size, 0 for the default. On the crowd's thread only. */
    void connect(Peer peer, int receiveBuffer) {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            if (receiveBuffer > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            }
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(new InetSocketAddress(source(), 0));
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            peer.attach(channel, channel.register(selector, SelectionKey.OP_CONNECT, peer));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Many addresses of this machine in turn: one has ports for a minute at a few hundred connections a second. */
    private InetAddress source() throws IOException {
        int next = connected++;
        return InetAddress.getByAddress(new byte[] {127, 0, (byte) (next / 200 % 4), (byte) (1 + next % 200)});
    }

    private void select() {
        try (selector) {
            while (!isClosed) {
                selector.select(this::ready);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void ready(SelectionKey key) {
        Peer peer = (Peer) key.attachment();
        try {
            if (key.isConnectable()) {
                peer.connected();
            }
            if (key.isValid() && key.isReadable()) {
                peer.read(arrived);
            }
            if (key.isValid() && key.isWritable()) {
                peer.flush();
            }
        } catch (IOException lost) {
            peer.end();
        }
    }
}
