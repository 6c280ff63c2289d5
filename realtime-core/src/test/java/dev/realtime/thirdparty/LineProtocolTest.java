package dev.realtime.thirdparty;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.realtime.Realtime;
import dev.realtime.address.UserId;
import dev.realtime.auth.AuthenticationException;
import dev.realtime.auth.AuthenticationException.Reason;
import dev.realtime.auth.Credentials;
import dev.realtime.auth.Principal;
import dev.realtime.json.Payload;
import dev.realtime.protocol.Protocol;
import dev.realtime.protocol.plain.PlainProtocol;
import dev.realtime.protocol.plain.PlainSettings;
import dev.realtime.testkit.PlainTestClient;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Transport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A protocol of a host's own is mounted like ours, and its clients meet all others. */
class LineProtocolTest {
    private final Realtime realtime = Realtime.with(LineProtocolTest::principal).start();
    private final Terminal ana = new Terminal(realtime.accept(new LineProtocol()));

    @AfterEach
    void close() {
        ana.connection.closed(CloseReason.LOST);
        realtime.close();
    }

    @Test
    void aClientConnectsAndItsEventsAreAnswered() throws InterruptedException {
        ana.type("HELLO ana");
        String welcome = ana.line();
        assertThat(welcome).matches("WELCOME [A-Za-z0-9_-]{20}");
        assertThat(ana.line()).startsWith("EVENT connected {\"socketId\":\"" + welcome.substring(8) + "\"");
        ana.type("JOIN chat:ana:ben");
        assertThat(ana.line()).startsWith("OK {\"success\":true,\"roomId\":\"chat:ana:ben\"");
        ana.type("JOIN chat:ben:cem");
        assertThat(ana.line()).startsWith("OK {\"success\":false,\"error\":\"Access denied to this room\"");
    }

    @Test
    void itHearsAndIsHeardByClientsOfOtherProtocols() throws InterruptedException {
        ana.enter("chat:ana:ben");
        PlainTestClient ben = PlainTestClient.open(realtime.accept(new PlainProtocol(PlainSettings.defaults())));
        ben.connect("ben");
        ben.ask("room:join", "{\"roomId\":\"chat:ana:ben\",\"roomType\":\"chat\"}");
        assertThat(ana.line()).startsWith("EVENT room:userJoined {\"userId\":\"ben\"");
        ana.type("SAY chat:ana:ben good morning");
        assertThat(ben.next("message:new").get("message").map(Payload::asText)).contains("good morning");
        assertThat(ana.line()).startsWith("EVENT message:sent ");
        assertThat(ana.line()).startsWith("OK {\"success\":true,\"message\":");
        ben.tell("message:send", "{\"roomId\":\"chat:ana:ben\",\"message\":\"hello\"}");
        assertThat(ana.line()).startsWith("EVENT message:new ").contains("\"message\":\"hello\"");
        ana.type("BYE");
        assertThat(ben.next("room:userLeft").get("reason").map(Payload::asText)).contains("client_disconnect");
        ben.lose();
    }

    @Test
    void aRefusalIsInItsOwnWords() throws InterruptedException {
        ana.type("HELLO nobody");
        assertThat(ana.line()).isEqualTo("NO Authentication error: Invalid token");
    }

    @Test
    void whatItDoesNotUnderstandClosesTheConnection() throws InterruptedException {
        ana.type("WHAT");
        assertThat(ana.line()).isEqualTo("(closed 4400)");
    }

    @Test
    void itNeedsNothingThatIsNotExported() {
        Module core = Protocol.class.getModule();
        classes()
                .that()
                .haveSimpleName("LineProtocol")
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.describe("are exported", type -> isOpen(type, core)))
                .check(new ClassFileImporter().importClasses(LineProtocol.class));
    }

    private static boolean isOpen(JavaClass type, Module core) {
        String home = type.getBaseComponentType().getPackageName();
        return !home.startsWith("dev.realtime")
                || home.equals(LineProtocol.class.getPackageName())
                || (core.isNamed() ? core.isExported(home) : isNeitherEngineNorWire(home));
    }

    private static boolean isNeitherEngineNorWire(String home) {
        return !home.equals("dev.realtime.engine") && !home.equals("dev.realtime.wire");
    }

    private static Principal principal(Credentials credentials) {
        String token = credentials
                .connect()
                .flatMap(data -> data.get("token"))
                .map(Payload::asText)
                .orElse("");
        if (token.equals("nobody")) {
            throw new AuthenticationException(Reason.INVALID_TOKEN, "a test token");
        }
        return new Principal(new UserId(token), "patient");
    }

    /** Someone at a keyboard. */
    private static final class Terminal implements Transport {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final Connection connection;

        Terminal(Acceptor acceptor) {
            connection = acceptor.open(new Handshake("/line", Map.of(), Map.of(), Optional.empty()), this);
        }

        void type(String line) {
            connection.received(Frame.text(line));
        }

        void enter(String room) throws InterruptedException {
            type("HELLO ana");
            line();
            line();
            type("JOIN " + room);
            line();
        }

        String line() throws InterruptedException {
            return Optional.ofNullable(lines.poll(10, TimeUnit.SECONDS)).orElse("(nothing)");
        }

        @Override
        public void write(List<Frame> frames, Completion completion) {
            frames.forEach(frame -> lines.add(frame.text()));
            completion.written();
        }

        @Override
        public void close(CloseReason reason) {
            lines.add("(closed " + reason.code() + ")");
        }

        @Override
        public void terminate() {}
    }
}
