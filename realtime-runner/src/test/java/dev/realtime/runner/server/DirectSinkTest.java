package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.nio.transport.TCPNIOServerConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sink on a real connection whose peer reads when the test says so. */
class DirectSinkTest {
    private static final int WRITERS = 4;
    private static final int PIECES = 300;
    /** Together far more than the kernel keeps for a peer that does not read. */
    private static final int LONGEST = 20_000;

    private final CompletableFuture<Connection<?>> accepted = new CompletableFuture<>();
    private final AtomicInteger completed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private TCPNIOTransport transport;
    private SocketChannel peer;
    private DirectSink sink;

    @BeforeEach
    void connect() throws Exception {
        transport = TCPNIOTransportBuilder.newInstance().build();
        transport.setProcessor(FilterChainBuilder.stateless()
                .add(new TransportFilter())
                .add(new Catching())
                .build());
        TCPNIOServerConnection listening =
                transport.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        transport.start();
        peer = SocketChannel.open();
        peer.setOption(StandardSocketOptions.SO_RCVBUF, 8_192);
        peer.connect(listening.getLocalAddress());
        sink = new DirectSink(accepted.get());
    }

    @AfterEach
    void disconnect() throws IOException {
        peer.close();
        transport.shutdownNow();
    }

    @Test
    void piecesOfManyWritersStayWholeAndInOrder() throws Exception {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            char writer = (char) ('a' + i);
            writers.add(new Thread(() -> {
                for (int number = 0; number < PIECES; number++) {
                    write(writer, number);
                }
            }));
        }
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(completed.get()).as("the peer has read nothing").isLessThan(WRITERS * PIECES);

        int[] next = new int[WRITERS];
        for (int i = 0; i < WRITERS * PIECES; i++) {
            String piece = readPiece();
            int writer = piece.charAt(0) - 'a';
            assertThat(piece).isEqualTo(piece((char) ('a' + writer), next[writer]++));
        }
        await().untilAsserted(() -> assertThat(completed.get()).isEqualTo(WRITERS * PIECES));
        assertThat(failed.get()).isZero();
    }

    @Test
    void aWriteToAPeerThatReadsIsOutWhenTheCallReturns() throws IOException {
        for (int number = 0; number < 50; number++) {
            write('a', number % 3);
            assertThat(completed.get()).isEqualTo(number + 1);
            assertThat(readPiece()).isEqualTo(piece('a', number % 3));
        }
    }

    @Test
    void whatTheQueueHeldIsFollowedByDirectWritesAgain() throws IOException {
        for (int number = 0; number < PIECES; number++) {
            write('a', number);
        }
        for (int number = 0; number < PIECES; number++) {
            assertThat(readPiece()).isEqualTo(piece('a', number));
        }
        await().untilAsserted(() -> assertThat(completed.get()).isEqualTo(PIECES));
        write('b', 1);
        assertThat(completed.get()).isEqualTo(PIECES + 1);
        assertThat(readPiece()).isEqualTo(piece('b', 1));
    }

    @Test
    void everyWriteHearsOfALostPeerOnce() throws IOException {
        int writes = 0;
        while (completed.get() == writes) {
            write('a', PIECES);
            writes++;
        }
        peer.setOption(StandardSocketOptions.SO_LINGER, 0);
        peer.close();
        int queued = writes;
        await().untilAsserted(() -> assertThat(completed.get() + failed.get()).isEqualTo(queued));
        write('b', 1);
        write('b', 2);
        int all = writes + 2;
        await().untilAsserted(() -> assertThat(completed.get() + failed.get()).isEqualTo(all));
        assertThat(failed.get()).isGreaterThanOrEqualTo(3);
    }

    private void write(char writer, int number) {
        Frame frame = Frame.text(piece(writer, number));
        Transport.Completion counting = new Transport.Completion() {
            @Override
            public void written() {
                completed.incrementAndGet();
            }

            @Override
            public void failed(Throwable cause) {
                failed.incrementAndGet();
            }
        };
        if (number % 2 == 0) {
            sink.write(List.of(frame), counting);
        } else {
            sink.write(frame.wire(), counting);
        }
    }

    /** Of the writer's letter, its number, and as many letters more as make frames of many sizes. */
    private static String piece(char writer, int number) {
        String letter = String.valueOf(writer);
        return letter + number + letter.repeat(200 + number * 7_919 % LONGEST);
    }

    private String readPiece() throws IOException {
        ByteBuffer header = read(4);
        int length = (header.get(2) & 0xff) << 8 | (header.get(3) & 0xff);
        assertThat(header.get(0)).isEqualTo((byte) 0x81);
        assertThat(header.get(1)).as("a frame of 126 to 65,535 bytes").isEqualTo((byte) 126);
        return StandardCharsets.UTF_8.decode(read(length)).toString();
    }

    private ByteBuffer read(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            assertThat(peer.read(bytes)).isPositive();
        }
        return bytes.flip();
    }

    private final class Catching extends BaseFilter {
        @Override
        public NextAction handleAccept(FilterChainContext context) {
            accepted.complete(context.getConnection());
            return context.getInvokeAction();
        }
    }
}
