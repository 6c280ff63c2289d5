package dev.realtime.runner.server;

import dev.realtime.runner.http.Page;
import dev.realtime.runner.tls.TlsIdentity;
import dev.realtime.time.Timers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.server.FileCacheFilter;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.ServerConfiguration;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;

/**
 * Serves HTTP pages and WebSocket connections on the same port and, where wanted, the same path.
 *
 * <p>Start once, stop once; any thread may call. Its threads keep the JVM alive between the two.
 */
public final class WebServer {
    private static final int MAX_SELECTORS = 8;
    private static final int MAX_HEADERS = 100;

    private final ServerSettings settings;
    private final HttpServer server = new HttpServer();
    private final NetworkListener listener;
    private final HttpIdle idle;
    private final Guests guests = new Guests();
    private final Arrivals arrivals;
    private final Optional<TlsRenewal> renewal;
    private final List<InetSocketAddress> bound = new ArrayList<>();

    /**
     * A server that is not started yet.
     *
     * @param root answers every request that is no WebSocket upgrade
     * @param pages runs the page, which may block; when it rejects, the answer is 503
     * @param timers cuts connections whose peers do not answer a close
     * @throws IllegalArgumentException when two mounts take the same path
     */
    public WebServer(ServerSettings settings, List<Mount> mounts, Page root, Executor pages, Timers timers) {
        this.settings = settings;
        requireOnePathEach(mounts);
        InetSocketAddress first = settings.addresses().get(0);
        this.listener = new NetworkListener("realtime", first.getAddress().getHostAddress(), first.getPort());
        listener.setMaxHttpHeaderSize(settings.maxHeaderBytes());
        listener.setMaxRequestHeaders(MAX_HEADERS);
        this.arrivals = new Arrivals(settings.patience());
        this.idle = new HttpIdle(settings.patience().idle());
        this.renewal = settings.tls().map(identity -> new TlsRenewal(identity, timers, pages));
        settings.tls().ifPresent(this::secure);
        listener.registerAddOn((ignored, chain) -> arrange(chain, mounts, timers));
        configure(listener.getTransport());
        server.addListener(listener);
        ServerConfiguration configuration = server.getServerConfiguration();
        configuration.setPassTraceRequest(true);
        configuration.setAllowPayloadForUndefinedHttpMethods(true);
        configuration.setMaxPayloadRemainderToSkip(settings.maxBodyBytes());
        configuration.addHttpHandler(new PageHandler(root, pages, settings), "/");
    }

    /** Begins to listen; {@link UncheckedIOException} when an address cannot be had. */
    public void start() {
        try {
            idle.start();
            arrivals.start();
            renewal.ifPresent(TlsRenewal::start);
            server.start();
            bindAll();
        } catch (IOException taken) {
            stop();
            throw new UncheckedIOException("cannot listen on " + settings.addresses(), taken);
        }
    }

    /** Where it listens, in the order of the settings, with the ports it got; empty before the start. */
    public synchronized List<InetSocketAddress> addresses() {
        return List.copyOf(bound);
    }

    /** Stops listening; connections and requests under way go on. */
    public void stopAccepting() {
        listener.getTransport().unbindAll();
    }

    /**
     * Stops listening. Connections that acceptors have closed may hear the last words of it for as long as
     * {@code patience}; then all that is still connected is cut.
     */
    public void stop(Duration patience) {
        stopAccepting();
        guests.awaitNone(patience);
        stop();
    }

    /** Stops listening and cuts what is still connected. */
    public void stop() {
        server.shutdownNow();
        idle.stop();
        arrivals.stop();
        renewal.ifPresent(TlsRenewal::stop);
    }

    private synchronized void bindAll() throws IOException {
        int port = listener.getPort();
        bound.add(new InetSocketAddress(settings.addresses().get(0).getAddress(), port));
        for (InetSocketAddress next :
                settings.addresses().subList(1, settings.addresses().size())) {
            int wanted = next.getPort() == 0 ? port : next.getPort();
            Connection<?> more = listener.getTransport().bind(new InetSocketAddress(next.getAddress(), wanted));
            bound.add((InetSocketAddress) more.getLocalAddress());
        }
    }

    private void arrange(FilterChainBuilder chain, List<Mount> mounts, Timers timers) {
        chain.set(chain.indexOfType(IdleTimeoutFilter.class), idle.filter());
        chain.remove(chain.indexOfType(FileCacheFilter.class));
        chain.add(chain.indexOfType(TransportFilter.class) + 1, arrivals);
        int encryption = chain.indexOfType(SSLBaseFilter.class);
        UpgradedChain upgraded =
                new UpgradedChain(idle, encryption < 0 ? Optional.empty() : Optional.of(chain.get(encryption)));
        Heads heads = new Heads(settings.proxies());
        Gate gate = new Gate(mounts, heads, arrivals, upgraded, settings.maxMessageBytes(), timers, guests);
        chain.add(chain.indexOfType(HttpServerFilter.class), gate);
        chain.add(chain.indexOfType(HttpServerFilter.class), new PlainRequests(mounts, heads, timers, guests));
    }

    private void secure(TlsIdentity identity) {
        listener.setSecure(true);
        listener.setSSLEngineConfig(new SSLEngineConfigurator(identity.context(), false, false, false) {
            @Override
            public SSLEngine createSSLEngine() {
                return identity.newEngine();
            }
        });
    }

    /** Everything that runs on a selector thread is short, so that handing over would cost more than it gives. */
    private static void configure(TCPNIOTransport transport) {
        int selectors = Math.min(MAX_SELECTORS, Runtime.getRuntime().availableProcessors());
        transport.setWorkerThreadPoolConfig(null);
        transport.setIOStrategy(SameThreadIOStrategy.getInstance());
        transport.setSelectorRunnersCount(selectors);
        transport.setKernelThreadPoolConfig(ThreadPoolConfig.defaultConfig()
                .copy()
                .setPoolName("realtime-io")
                .setDaemon(false)
                .setCorePoolSize(selectors)
                .setMaxPoolSize(selectors));
        transport.setTcpNoDelay(true);
        transport.setReuseAddress(true);
    }

    private static void requireOnePathEach(List<Mount> mounts) {
        if (mounts.stream().map(Mount::path).distinct().count() < mounts.size()) {
            throw new IllegalArgumentException("several mounts take the same path: " + mounts);
        }
    }
}
