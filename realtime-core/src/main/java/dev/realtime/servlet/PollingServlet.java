package dev.realtime.servlet;

import dev.realtime.transport.Acceptor;
import dev.realtime.transport.HttpAnswer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The requests at an acceptor's path that are no WebSocket upgrades, from a container with asynchronous servlets. It
 * goes beside the WebSocket endpoint of the same acceptor, at the same path, and has to be registered with
 * {@code asyncSupported}.
 *
 * <pre>{@code
 * ServletRegistration.Dynamic polling = context.addServlet("polling", new PollingServlet(acceptor));
 * polling.addMapping("/socket.io/");
 * polling.setAsyncSupported(true);
 * }</pre>
 *
 * <p>For the container alone, on any of its threads; nothing here blocks. All requests of a session have to reach the
 * same node. Containers that do not watch a connection while it waits notice late that a client is gone.
 */
@SuppressWarnings({"exports", "serial"}) // who calls this has the container API on his path; never serialised
public final class PollingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Acceptor acceptor;

    /** Hands requests to {@code acceptor}. */
    public PollingServlet(Acceptor acceptor) {
        this.acceptor = acceptor;
    }

    /** Takes every method: the protocol decides what it answers. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        ServletExchange exchange = ServletExchange.begin(request, response);
        if (!acceptor.tryServe(exchange)) {
            exchange.answer(HttpAnswer.empty(426).with("Upgrade", "websocket"));
        }
    }
}
