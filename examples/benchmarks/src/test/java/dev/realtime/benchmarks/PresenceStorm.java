package dev.realtime.benchmarks;

import dev.realtime.Realtime;
import dev.realtime.RealtimeSettings;
import dev.realtime.address.UserId;
import dev.realtime.presence.Availability;
import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.protocol.socketio.SocketIoSettings;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.session.SessionSettings;
import dev.realtime.testkit.ManualTime;
import dev.realtime.testkit.TestAuthenticator;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Members of rooms who all watch one another: first all come at once, then all change their status at once, three times
 * within a second. Prints what that costs, and fails when a count is not exact.
 *
 * <p>No network: what is written is counted and gone. The seconds of presence pass when they are told to, so that a busy
 * machine counts the same; what lingers does so by the real clock.
 */
public final class PresenceStorm {
    private static final int AT_ONCE = 500;

    private final int members;
    private final int room;
    private final ManualTime time = new ManualTime();
    private final Realtime realtime;
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong acks = new AtomicLong();
    private final AtomicLong greetings = new AtomicLong();

    private PresenceStorm(int members, int room) {
        this.members = members;
        this.room = room;
        this.realtime = Realtime.with(new TestAuthenticator())
                .settings(settings())
                .clocks(time, time)
                .start();
    }

    /** So many members, in rooms of so many: 10,000 and 1,000 without arguments. */
    public static void main(String[] arguments) {
        int members = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int room = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
        new PresenceStorm(members, room).run();
        System.exit(0);
    }

    private void run() {
        Acceptor acceptor = realtime.accept(new SocketIoProtocol(SocketIoSettings.defaults()));
        List<Member> all = IntStream.range(0, members)
                .mapToObj(i -> new Member(i, acceptor))
                .toList();
        report("all come at once and watch their room", () -> {
            all.forEach(Member::joins);
            await(greetings, members);
            all.forEach(Member::watches);
            await(acks, (long) members * ((room + AT_ONCE - 1) / AT_ONCE));
        });
        long pairs = (long) members * room;
        require(realtime.presence().stats().totalSubscriptions() == pairs, "subscriptions");
        require(realtime.presence().stats().onlineUsers() == members, "users online");
        all.forEach(member -> require(member.mostOfOne() <= 1, "one event of each user for each who watches"));
        pause(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(2));
        long before = changes.get();
        report("all change their status at once, three times", () -> {
            setAll(Availability.AWAY);
            setAll(Availability.ONLINE);
            setAll(Availability.BUSY);
            time.advance(Duration.ofSeconds(1));
            await(changes, before + 2 * pairs);
        });
        pause(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(5));
        pause(Duration.ofSeconds(1));
        require(changes.get() == before + 2 * pairs, "two events of each user for each who watches");
    }

    private void setAll(Availability status) {
        for (int i = 0; i < members; i++) {
            realtime.presence().setStatus(new UserId("u" + i), status, Optional.empty());
        }
    }

    private void report(String what, Runnable storm) {
        long changesBefore = changes.get();
        long writesBefore = writes.get();
        long cpu = cpu();
        long begin = System.nanoTime();
        storm.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        long events = changes.get() - changesBefore;
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f s, %.1f s of CPU, %,d events, %,d writes: %.1f a member, %.0f events a write%n",
                what,
                seconds,
                (cpu() - cpu) / 1e9,
                events,
                writes.get() - writesBefore,
                (double) (writes.get() - writesBefore) / members,
                (double) events / (writes.get() - writesBefore));
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void await(AtomicLong count, long wanted) {
        long patience = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (count.get() < wanted) {
            require(patience - System.nanoTime() > 0, wanted + " instead of " + count);
            pause(Duration.ofMillis(5));
        }
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("not as it should be: " + what);
        }
    }

    private static RealtimeSettings settings() {
        SessionSettings sessions = SessionSettings.DEFAULTS;
        return RealtimeSettings.DEFAULTS
                .with(new SessionSettings(
                        sessions.connectTimeout(),
                        sessions.queueBytes(),
                        sessions.maxConnections(),
                        sessions.maxSessionsPerUser(),
                        sessions.maxWaitingEvents(),
                        1_000_000,
                        sessions.drainTimeout(),
                        new SessionSettings.Rates(0, 0, 0, 0, 0, 0)))
                .with(RecoverySettings.OFF);
    }

    /** One client, on which nothing waits. */
    private final class Member implements Transport {
        private final int number;
        private final int first;
        private final Connection connection;
        /** How often it heard of each of its room; written by its flusher alone. */
        private final byte[] heard = new byte[room];

        Member(int number, Acceptor acceptor) {
            this.number = number;
            this.first = number / room * room;
            this.connection = acceptor.open(TestClient.handshake(Map.of()), this);
        }

        void joins() {
            connection.received(Frame.text("40{\"token\":\"u" + number + "/patient\"}"));
        }

        void watches() {
            for (int from = first; from < first + room; from += AT_ONCE) {
                String users = IntStream.range(from, Math.min(first + room, from + AT_ONCE))
                        .mapToObj(i -> "\"u" + i + "\"")
                        .collect(Collectors.joining(","));
                connection.received(
                        Frame.text("42" + (from - first) + "[\"presence:subscribe\",{\"userIds\":[" + users + "]}]"));
            }
        }

        int mostOfOne() {
            int most = 0;
            for (byte times : heard) {
                most = Math.max(most, times);
            }
            return most;
        }

        @Override
        public void write(List<Frame> frames, Completion completion) {
            completion.written();
            writes.incrementAndGet();
            int changed = 0;
            for (Frame frame : frames) {
                String packet = frame.text();
                if (packet.startsWith("42[\"presence:changed\"")) {
                    changed++;
                    int user = packet.indexOf("\"u", packet.indexOf("userId") + 7) + 2;
                    heard[Integer.parseInt(packet.substring(user, packet.indexOf('"', user))) - first]++;
                } else if (packet.startsWith("42[\"connected\"")) {
                    greetings.incrementAndGet();
                } else if (packet.startsWith("43")) {
                    acks.incrementAndGet();
                    require(packet.contains("\"success\":true"), packet);
                }
            }
            changes.addAndGet(changed);
        }

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void terminate() {}
    }
}
