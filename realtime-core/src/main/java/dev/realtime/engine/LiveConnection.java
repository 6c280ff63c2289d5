package dev.realtime.engine;

import dev.realtime.auth.Principal;
import dev.realtime.json.Payload;
import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Inbound;
import dev.realtime.protocol.Outbound;
import dev.realtime.protocol.ProtocolException;
import dev.realtime.session.EndReason;
import dev.realtime.time.Timers;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One connection and the sessions on it: what arrives is decoded and admitted on the container's thread, and done in
 * order on the workers; what leaves shares one outbox.
 *
 * <p>Any thread may call. The lock guards which sessions there are; nothing is called while holding it.
 */
final class LiveConnection implements Connection {
    private final Pipeline pipeline;
    private final Door door;
    private final Handshake handshake;
    private final Transport transport;
    private final Outbox outbox;
    private final Decoder decoder;
    private final Mailbox mailbox;
    private final Abuse refusals = new Abuse();
    private final Abuse connects = new Abuse();

    private volatile Map<String, LiveSession> sessions = Map.of();
    private Set<String> connecting = Set.of();
    private boolean isClosed;
    /** Set when we end the connection by our own word: what its client had under way must not hide our reason. */
    private volatile boolean isDeaf;

    private Timers.@Nullable Alarm connectAlarm;
    private @Nullable Runnable onClosed;

    LiveConnection(Pipeline pipeline, Door door, Handshake handshake, Transport transport, Outbox outbox) {
        this.pipeline = pipeline;
        this.door = door;
        this.handshake = handshake;
        this.transport = transport;
        this.outbox = outbox;
        this.decoder = door.protocol().newDecoder();
        this.mailbox = new Mailbox(parts().workers());
    }

    Handshake handshake() {
        return handshake;
    }

    Outbox outbox() {
        return outbox;
    }

    @Override
    public void received(Frame frame) {
        if (isDeaf) {
            return;
        }
        try {
            decoder.decode(frame).ifPresent(this::admit);
        } catch (ProtocolException bad) {
            outbox.abandon(CloseReason.BAD_FRAME);
        }
    }

    @Override
    public void closed(CloseReason reason) {
        List<LiveSession> ended;
        Runnable told;
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            ended = List.copyOf(sessions.values());
            sessions = Map.of();
            told = onClosed;
        }
        cancelConnectAlarm();
        outbox.discard();
        pipeline.closed(this);
        ended.forEach(session -> end(session, EndReasons.of(reason)));
        if (told != null) {
            told.run();
        }
    }

    /** Closes the connection unless it has a session in time. */
    void awaitConnect() {
        Duration timeout = parts().settings().connectTimeout();
        Timers.Alarm alarm = parts().timers().after(timeout, this::requireSession);
        synchronized (this) {
            if (!isClosed) {
                connectAlarm = alarm;
                return;
            }
        }
        alarm.cancel();
    }

    /** Ends one session; the connection goes with its last one, and {@code reason} is why. */
    void disconnect(LiveSession session, CloseReason reason) {
        if (dismiss(session)) {
            session.send(new Outbound.Disconnected(session.channel().namespace()));
            end(session, EndReason.SERVER_DISCONNECT);
            if (sessions.isEmpty()) {
                finish(reason);
            }
        }
    }

    /** Tells the client to come back after a while, and closes then. */
    void leave(Duration wait, Runnable whenClosed) {
        boolean isGone;
        synchronized (this) {
            isGone = isClosed;
            onClosed = whenClosed;
        }
        if (isGone) {
            whenClosed.run();
            return;
        }
        sessions.forEach((namespace, session) -> session.send(
                parts().vocabulary().farewell(namespace, wait, parts().time().instant())));
        parts().timers().after(wait, () -> finish(CloseReason.DRAINING));
    }

    /** Ends the connection without a word. */
    void cut() {
        transport.terminate();
    }

    private void admit(Inbound inbound) {
        if (inbound instanceof Inbound.Event event) {
            admit(event);
        } else if (inbound instanceof Inbound.Connect connect) {
            connect(connect);
        } else if (inbound instanceof Inbound.Disconnect disconnect) {
            disconnected(disconnect.namespace());
        }
        // An ack answers nothing here: no event of ours asks for one.
    }

    private void disconnected(String namespace) {
        LiveSession session = sessions.get(namespace);
        if (session != null && forget(session)) {
            end(session, EndReason.CLIENT_DISCONNECT);
            if (sessions.isEmpty()) {
                awaitConnect();
            }
        }
    }

    private void admit(Inbound.Event event) {
        LiveSession session = sessions.get(event.namespace());
        if (session == null) {
            if (!isDeaf) {
                outbox.abandon(CloseReason.UNAUTHENTICATED);
            }
            return;
        }
        long now = parts().timers().nanoTime();
        long wait = session.events().take(now);
        if (wait > 0) {
            session.answer(event.ackId(), parts().vocabulary().tooFast(Duration.ofNanos(wait)));
            if (refusals.persists(now)) {
                disconnect(session, CloseReason.RATE);
            }
            return;
        }
        Inbound.Call call = event.body().read();
        if (parts().admission().mayWait(mailbox.size())) {
            queue(session, call, event.ackId());
        } else {
            parts().router().refuse(session, call, event.ackId());
        }
    }

    private void queue(LiveSession session, Inbound.Call call, OptionalLong ackId) {
        mailbox.add(() -> {
            parts().admission().hasTurn();
            return parts().router().route(session, call, ackId, parts().timers().nanoTime());
        });
    }

    private void connect(Inbound.Connect connect) {
        Optional<Channel> channel = door.channel(connect.namespace());
        if (connects.persists(parts().timers().nanoTime())) {
            // Each connect costs an answer or a signature to check, and no bucket of a session counts it.
            outbox.abandon(CloseReason.RATE);
        } else if (channel.isEmpty()) {
            send(parts().vocabulary().unknownNamespace(connect.namespace()));
        } else if (claim(connect.namespace())) {
            mailbox.add(() -> {
                connect(channel.get(), connect.data());
                return Mailbox.DONE;
            });
        }
    }

    private void connect(Channel channel, Optional<Payload> data) {
        Connecting.Outcome outcome = Connecting.outcome(parts(), data, handshake);
        if (outcome instanceof Connecting.Welcome welcome) {
            welcome(channel, welcome.principal());
        } else if (outcome instanceof Connecting.Refused refused) {
            release(channel.namespace());
            send(parts().vocabulary().refusal(channel.namespace(), refused.reason()));
        }
    }

    private void welcome(Channel channel, Principal principal) {
        LiveSession session = new LiveSession(
                principal,
                channel,
                this,
                parts().time().instant(),
                parts().admission().newEventBucket());
        if (!parts().hub().add(session, parts().settings().maxSessionsPerUser())) {
            release(channel.namespace());
            send(parts().vocabulary().refusal(channel.namespace(), Connecting.tooMany(principal)));
        } else if (adopt(session)) {
            cancelConnectAlarm();
            session.greet(
                    new Outbound.Connected(channel.namespace(), session.id()),
                    parts().vocabulary().greeting(session, channel.namespace(), session.connectedAt()));
            parts().listener().opened(session);
        } else {
            parts().hub().remove(session);
        }
    }

    /** Others stop hearing of the session at once; its listeners hear after its events are done. */
    private void end(LiveSession session, EndReason reason) {
        parts().hub().remove(session);
        mailbox.add(() -> {
            parts().listener().closed(session, reason);
            return Mailbox.DONE;
        });
    }

    private void requireSession() {
        if (sessions.isEmpty()) {
            outbox.abandon(CloseReason.TIMEOUT);
        }
    }

    private void finish(CloseReason reason) {
        isDeaf = true;
        outbox.finish(reason);
        parts().timers().after(Pipeline.CUT_AFTER, transport::terminate);
    }

    private void send(Outbound message) {
        outbox.offer(Parcel.of(door.protocol().encode(message), false));
    }

    /** Whether the namespace is free; it is then taken. A repeated connect is ignored (socket.io-client 4.6.0). */
    private synchronized boolean claim(String namespace) {
        if (isClosed || sessions.containsKey(namespace) || connecting.contains(namespace)) {
            return false;
        }
        connecting = with(connecting, namespace);
        return true;
    }

    private synchronized void release(String namespace) {
        connecting = without(connecting, namespace);
    }

    private synchronized boolean adopt(LiveSession session) {
        String namespace = session.channel().namespace();
        connecting = without(connecting, namespace);
        if (isClosed) {
            return false;
        }
        Map<String, LiveSession> more = new HashMap<>(sessions);
        more.put(namespace, session);
        sessions = Map.copyOf(more);
        return true;
    }

    private synchronized boolean forget(LiveSession session) {
        Map<String, LiveSession> less = new HashMap<>(sessions);
        boolean wasThere = less.remove(session.channel().namespace(), session);
        sessions = Map.copyOf(less);
        return wasThere;
    }

    /** Forgets the session by our own word. Deaf comes first: who misses the session then sees that. */
    private synchronized boolean dismiss(LiveSession session) {
        isDeaf |= sessions.size() == 1 && sessions.containsValue(session);
        return forget(session);
    }

    private void cancelConnectAlarm() {
        Timers.Alarm alarm;
        synchronized (this) {
            alarm = connectAlarm;
            connectAlarm = null;
        }
        if (alarm != null) {
            alarm.cancel();
        }
    }

    private Parts parts() {
        return pipeline.parts();
    }

    private static Set<String> with(Collection<String> known, String one) {
        List<String> more = new ArrayList<>(known);
        more.add(one);
        return Set.copyOf(more);
    }

    private static Set<String> without(Collection<String> known, String one) {
        Set<String> less = new HashSet<>(known);
        less.remove(one);
        return Set.copyOf(less);
    }
}
