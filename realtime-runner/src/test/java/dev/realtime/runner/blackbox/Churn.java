package dev.realtime.runner.blackbox;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets short connections come and go, as many as the first argument says: each connects, joins a room, sends and
 * leaves. In turn they speak WebSocket, poll, or are lost without a word. At the end the server must have no session
 * left and as little in its heap as after the first tenth; if not, the exit code is 1.
 */
public final class Churn {
    /** How many are connected at once. */
    private static final int AT_ONCE = 300;

    private static final int USERS = 1_000;
    private static final int LEAST_WARM_UP = 5_000;
    private static final long SLACK = 16L << 20;
    private static final String[] TOKENS = tokens();

    private final PrintStream out = System.out;
    private final Crowd crowd;
    private final int last;
    private final CountDownLatch ended;
    private int begun;

    private Churn(int port, int first, int last) {
        this.crowd = new Crowd(port);
        this.begun = first;
        this.last = last;
        this.ended = new CountDownLatch(last - first);
    }

    /** Runs against a server of its own, in a process of its own. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int count = Integer.parseInt(arguments[0]);
        Path data = Files.createTempDirectory("churn");
        Environment environment = Environment.inMemory(data)
                .with("RECOVERY_WINDOW_MS", "1000")
                .with("PRESENCE_GRACE_MS", "100")
                .with("MAX_CONNECTIONS_PER_USER", "1000");
        try (ServerProcess server = ServerProcess.start(environment)) {
            int warmUp = Math.min(count, Math.max(LEAST_WARM_UP, count / 10));
            LiveHeap before = run(server, 0, warmUp);
            LiveHeap after = run(server, warmUp, count);
            long grown = after.bytes() - before.bytes();
            long left = sessions(after);
            System.out.printf("%d sessions left, heap %+d KB%n", left, grown >> 10);
            if (left > 0 || grown > SLACK) {
                System.out.println(after.instances());
                System.exit(1);
            }
        }
    }

    /** What is alive once all these have come and gone, and the server has had time to forget the lost. */
    private static LiveHeap run(ServerProcess server, int first, int last) throws InterruptedException {
        new Churn(server.port(), first, last).run();
        LiveHeap heap = LiveHeap.of(server.pid());
        for (int patience = 60; sessions(heap) > 0 && patience > 0; patience--) {
            TimeUnit.SECONDS.sleep(1);
            heap = LiveHeap.of(server.pid());
        }
        return heap;
    }

    private static long sessions(LiveHeap heap) {
        return heap.count("LiveSession") + heap.count("LiveConnection") + heap.count("EngineIoSession");
    }

    private void run() throws InterruptedException {
        long start = System.nanoTime();
        int total = last - begun;
        for (int i = 0; i < Math.min(AT_ONCE, total); i++) {
            crowd.run(this::next);
        }
        while (!ended.await(10, TimeUnit.SECONDS)) {
            out.println(ended.getCount() + " to go");
        }
        crowd.close();
        out.printf("%d connections, %.0f a second%n", total, total / ((System.nanoTime() - start) / 1e9));
    }

    private void next() {
        if (begun < last) {
            int number = begun++;
            crowd.connect(number % 3 == 1 ? new Poller(number) : new Visitor(number, number % 3 == 2), 0);
        }
    }

    private void over() {
        ended.countDown();
        crowd.run(this::next);
    }

    private static String[] tokens() {
        String[] tokens = new String[USERS];
        for (int i = 0; i < USERS; i++) {
            tokens[i] = "40" + Http.text(Map.of("token", Tokens.of("churn-" + i, "patient")));
        }
        return tokens;
    }

    private static String connect(int number) {
        return TOKENS[number % USERS];
    }

    /** The id of the message is that of the user's last, so that the store does not grow. */
    private static String[] visit(int number) {
        int user = number % USERS;
        String room = "\"roomId\":\"churn-" + user % 100 + "\"";
        return new String[] {
            "421[\"room:join\",{" + room + ",\"roomType\":\"chat\"}]",
            "422[\"message:send\",{" + room + ",\"message\":\"hello\",\"clientMessageId\":\"" + user + "\"}]",
            "423[\"room:leave\",{" + room + "}]"
        };
    }

    private static void requireSuccess(String packet) {
        if (packet.startsWith("43") && !packet.contains("\"success\":true")) {
            throw new IllegalStateException(packet);
        }
    }

    private final class Visitor extends WebSocketPeer {
        private final int number;
        private final boolean getsLost;

        Visitor(int number, boolean getsLost) {
            this.number = number;
            this.getsLost = getsLost;
        }

        @Override
        void text(String beginning) {
            requireSuccess(beginning);
            if (beginning.startsWith("0{")) {
                say(connect(number));
            } else if (beginning.startsWith("42[\"connected\"")) {
                for (String event : visit(number)) {
                    say(event);
                }
            } else if (beginning.startsWith("433") && getsLost) {
                end();
            } else if (beginning.startsWith("433")) {
                say("41");
                sayGoodbye();
            }
        }

        @Override
        void ended() {
            over();
        }
    }

    private final class Poller extends PollingPeer {
        private final int number;
        private boolean hasLeft;

        Poller(int number) {
            this.number = number;
        }

        @Override
        void answered(String body) {
            List<String> packets = Arrays.asList(body.split(PollingClient.SEPARATOR, -1));
            packets.forEach(Churn::requireSuccess);
            if (body.startsWith("0{")) {
                use(Http.parse(body.substring(1)).path("sid").textValue());
                post(connect(number));
            } else if (packets.stream().anyMatch(packet -> packet.startsWith("42[\"connected\""))) {
                post(String.join(PollingClient.SEPARATOR, visit(number)));
            } else if (packets.stream().anyMatch(packet -> packet.startsWith("433"))) {
                hasLeft = true;
                post("41" + PollingClient.SEPARATOR + "1");
            } else if (hasLeft) {
                end();
            } else {
                get();
            }
        }

        @Override
        void ended() {
            over();
        }
    }
}
