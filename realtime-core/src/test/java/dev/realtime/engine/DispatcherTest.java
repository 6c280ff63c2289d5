package dev.realtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.Audience;
import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.engine.outbox.Encoding;
import dev.realtime.engine.outbox.Parcel;
import dev.realtime.engine.outbox.RecordingTransport;
import dev.realtime.fanout.Delivery;
import dev.realtime.json.Payload;
import dev.realtime.protocol.Outbound;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final RoomId ROOM = new RoomId("room");

    private final Sessions sessions = new Sessions();
    private final Dispatcher dispatcher = new Dispatcher(sessions.hub);
    private final Listener ana = new Listener("ana", "/");
    private final Listener anaElsewhere = new Listener("ana", "/api");
    private final Listener ben = new Listener("ben", "/");

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void eachAudienceHearsInItsOwnNamespace() {
        sessions.hub.enter(ben.session.id(), ROOM);
        deliver("user", List.of(Audience.user(new UserId("ana"))), List.of());
        deliver("room", List.of(Audience.room(ROOM)), List.of());
        deliver("session", List.of(Audience.session(ana.session.id())), List.of());
        deliver("all", List.of(Audience.everyone()), List.of());
        assertHeard(ana, "42[\"user\",{}]", "42[\"session\",{}]", "42[\"all\",{}]");
        assertHeard(anaElsewhere, "42/api,[\"user\",{}]", "42/api,[\"all\",{}]");
        assertHeard(ben, "42[\"room\",{}]", "42[\"all\",{}]");
    }

    @Test
    void aSessionNamedByTwoAudiencesHearsOnce() {
        sessions.hub.enter(ana.session.id(), ROOM);
        deliver("x", List.of(Audience.room(ROOM), Audience.user(new UserId("ana")), Audience.everyone()), List.of());
        deliver("end", List.of(Audience.everyone()), List.of());
        assertHeard(ana, "42[\"x\",{}]", "42[\"end\",{}]");
        assertHeard(anaElsewhere, "42/api,[\"x\",{}]", "42/api,[\"end\",{}]");
    }

    @Test
    void theExceptedHearNothing() {
        deliver("a", List.of(Audience.everyone()), List.of(Audience.user(new UserId("ana"))));
        deliver("b", List.of(Audience.everyone()), List.of(Audience.session(ana.session.id())));
        deliver("end", List.of(Audience.everyone()), List.of());
        assertHeard(ana, "42[\"end\",{}]");
        assertHeard(anaElsewhere, "42/api,[\"b\",{}]", "42/api,[\"end\",{}]");
        assertHeard(ben, "42[\"a\",{}]", "42[\"b\",{}]", "42[\"end\",{}]");
    }

    @Test
    void whatIsDeliveredBeforeTheGreetingWaitsBehindIt() {
        RecordingTransport transport = new RecordingTransport();
        LiveSession early = sessions.session("cat", "/", transport);
        sessions.hub.add(early, 50);
        deliver("x", List.of(Audience.everyone()), List.of());
        early.answer(OptionalLong.of(7), Payload.emptyObject());
        early.greet(new Outbound.Event("/", "connected", List.of()), 0);
        deliver("y", List.of(Audience.everyone()), List.of());
        assertThat(transport.awaitFrames(5))
                .containsExactly(
                        "40{\"sid\":\"" + early.id() + "\"}",
                        "42[\"connected\"]",
                        "437[{}]",
                        "42[\"x\",{}]",
                        "42[\"y\",{}]");
    }

    @Test
    void oneEncodingServesAllSessionsOfANamespace() {
        Delivery delivery = Delivery.of(Audience.everyone(), "x", Payload.emptyObject());
        Encoding encoding = new Encoding(delivery);
        Parcel first = encoding.in(ana.session.channel());
        Parcel alias = encoding.in(anaElsewhere.session.channel());
        assertThat(encoding.in(ben.session.channel())).isSameAs(first);
        assertThat(encoding.in(anaElsewhere.session.channel())).isSameAs(alias).isNotSameAs(first);
    }

    private void deliver(String event, List<Audience> to, List<Audience> except) {
        dispatcher.deliver(new Delivery(to, except, event, Payload.emptyObject(), false));
    }

    private static void assertHeard(Listener listener, String... frames) {
        List<String> heard = listener.transport.awaitFrames(frames.length + 2);
        assertThat(heard.subList(2, heard.size())).containsExactly(frames);
    }

    private final class Listener {
        final RecordingTransport transport = new RecordingTransport();
        final LiveSession session;

        Listener(String user, String namespace) {
            session = sessions.live(user, namespace, transport);
        }
    }
}
