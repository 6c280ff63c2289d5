package dev.realtime.protocol.engineio;

import dev.realtime.transport.Handshake;
import dev.realtime.transport.HttpAnswer;
import dev.realtime.transport.HttpExchange;
import dev.realtime.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request whose body comes, whose client goes, and whose answer is out, when the test says so. */
final class TestExchange implements HttpExchange {
    private final String method;
    private final Handshake handshake;
    private @Nullable BodyReader reader;
    private @Nullable Runnable whenGone;
    private Transport.@Nullable Completion completion;
    private @Nullable HttpAnswer answer;
    private boolean isHeld;
    private boolean isGone;
    private int limit;

    TestExchange(String method, String... query) {
        this(method, Map.of(), query);
    }

    TestExchange(String method, Map<String, String> headers, String... query) {
        this.method = method;
        Handshake plain = EngineIoFixture.request(query);
        Map<String, List<String>> all = new HashMap<>(plain.headers());
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        this.handshake = new Handshake(plain.path(), plain.query(), all, Optional.empty());
    }

    /** Answers stay on their way until {@link #sent} or {@link #lost}. */
    TestExchange holding() {
        isHeld = true;
        return this;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public void read(int maxBytes, BodyReader bodyReader) {
        limit = maxBytes;
        reader = bodyReader;
    }

    @Override
    public void whenGone(Runnable action) {
        whenGone = action;
        if (isGone) {
            action.run();
        }
    }

    @Override
    public void answer(HttpAnswer first, Transport.Completion told) {
        synchronized (this) {
            if (answer != null) {
                return;
            }
            answer = first;
            completion = told;
            notifyAll();
        }
        if (!isHeld) {
            told.written();
        }
    }

    /** The whole body comes. */
    TestExchange body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    TestExchange body(byte[] bytes) {
        BodyReader told = reader;
        if (told != null) {
            reader = null;
            if (bytes.length > limit) {
                told.tooLarge();
            } else {
                told.read(bytes);
            }
        }
        return this;
    }

    /** The client goes away. */
    void go() {
        isGone = true;
        Runnable told = whenGone;
        if (told != null && answer == null) {
            told.run();
        }
    }

    void sent() {
        completion().written();
    }

    void lost() {
        completion().failed(new IllegalStateException("broken"));
    }

    synchronized boolean isAnswered() {
        return answer != null;
    }

    /** The answer, whether it is there already or comes in the next seconds. */
    synchronized HttpAnswer answer() {
        long end = System.nanoTime() + 10_000_000_000L;
        while (answer == null && System.nanoTime() < end) {
            try {
                wait(1000);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        HttpAnswer given = answer;
        if (given == null) {
            throw new IllegalStateException("not answered");
        }
        return given;
    }

    int status() {
        return given().status();
    }

    String text() {
        return new String(given().body(), StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(given().headers().get(name));
    }

    private HttpAnswer given() {
        HttpAnswer given = answer;
        if (given == null) {
            throw new IllegalStateException("not answered");
        }
        return given;
    }

    private Transport.Completion completion() {
        Transport.Completion told = completion;
        if (told == null) {
            throw new IllegalStateException("not answered");
        }
        return told;
    }
}
