package dev.realtime.servlet;

import dev.realtime.transport.Handshake;
import dev.realtime.transport.HttpAnswer;
import dev.realtime.transport.HttpExchange;
import dev.realtime.transport.QueryString;
import dev.realtime.transport.Transport;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request of a servlet container that is answered later. Any thread may call, as {@link HttpExchange} says. */
final class ServletExchange implements HttpExchange, AsyncListener {
    private final AsyncContext context;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Handshake handshake;

    private @Nullable Runnable whenGone;
    private boolean isGone;
    private boolean isAnswered;
    private volatile @Nullable BodyIn body;

    private ServletExchange(AsyncContext context, HttpServletRequest request, HttpServletResponse response) {
        this.context = context;
        this.request = request;
        this.response = response;
        this.handshake = handshake(request);
    }

    static ServletExchange begin(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        ServletExchange exchange = new ServletExchange(context, request, response);
        context.addListener(exchange);
        return exchange;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public void read(int maxBytes, BodyReader reader) {
        if (request.getContentLengthLong() > maxBytes) {
            reader.tooLarge();
            return;
        }
        try {
            BodyIn reading = new BodyIn(request.getInputStream(), maxBytes, reader, this::gone);
            body = reading;
            reading.begin();
        } catch (IOException | IllegalStateException broken) {
            gone();
        }
    }

    @Override
    public void whenGone(Runnable action) {
        boolean isLate;
        synchronized (this) {
            isLate = isGone;
            whenGone = isLate ? null : action;
        }
        if (isLate) {
            action.run();
        }
    }

    @Override
    public void answer(HttpAnswer answer, Transport.Completion completion) {
        synchronized (this) {
            if (isAnswered) {
                return;
            }
            isAnswered = true;
            whenGone = null;
        }
        try {
            head(answer);
            byte[] bytes = method().equals("HEAD") ? new byte[0] : answer.body();
            new BodyOut(response.getOutputStream(), bytes, context, completion).begin();
        } catch (IOException | RuntimeException lost) {
            // Containers differ in what they throw when the client has gone; the caller hears it as a failed write.
            completion.failed(lost);
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        gone();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        gone();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        gone();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    private void head(HttpAnswer answer) {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.status() != HttpServletResponse.SC_NO_CONTENT) {
            response.setContentLength(answer.body().length);
        }
        BodyIn reading = body;
        if (reading != null && !reading.isWhole()) {
            response.setHeader("Connection", "close");
        }
    }

    /** Told more than once, and also when all is well: then nobody waits for it any more. */
    private void gone() {
        Runnable action;
        synchronized (this) {
            isGone = true;
            action = whenGone;
            whenGone = null;
        }
        if (action != null) {
            action.run();
        }
    }

    private static Handshake handshake(HttpServletRequest request) {
        String query = request.getQueryString();
        Map<String, List<String>> headers = new HashMap<>();
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.put(name, Collections.list(request.getHeaders(name))));
        return new Handshake(
                request.getRequestURI(),
                QueryString.parse(query == null ? "" : query),
                headers,
                Optional.ofNullable(request.getRemoteAddr()));
    }
}
