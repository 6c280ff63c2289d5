package dev.realtime.runner.server;

import dev.realtime.runner.http.Page;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.RequestExecutorProvider;
import org.glassfish.grizzly.http.server.Response;

/**
 * Hands HTTP requests to the root page: the body is read as it comes in on the selector threads, the page runs on an
 * executor, where it may block. Requests whose page has not answered yet are counted and bounded.
 */
final class PageHandler extends HttpHandler {
    private final Page root;
    private final Executor pages;
    private final Heads heads;
    private final int maxBodyBytes;
    private final int maxWaiting;
    private final AtomicInteger waiting = new AtomicInteger();

    PageHandler(Page root, Executor pages, ServerSettings settings) {
        this.root = root;
        this.pages = pages;
        this.heads = new Heads(settings.proxies());
        this.maxBodyBytes = settings.maxBodyBytes();
        this.maxWaiting = settings.maxWaitingPages();
    }

    @Override
    public void service(Request request, Response response) {
        response.suspend();
        Exchange exchange = new Exchange(request, response, this);
        if (waiting.incrementAndGet() > maxWaiting) {
            exchange.finish(Answers.BUSY);
        } else {
            exchange.begin(maxBodyBytes);
        }
    }

    /**
     * Nothing here blocks, so it stays on the thread that has read the request. With no executor at all Grizzly would
     * suspend the request too late for a body that comes in pieces.
     */
    @Override
    public RequestExecutorProvider getRequestExecutorProvider() {
        return request -> Runnable::run;
    }

    Page root() {
        return root;
    }

    Heads heads() {
        return heads;
    }

    Executor pages() {
        return pages;
    }

    void finished() {
        waiting.decrementAndGet();
    }
}
