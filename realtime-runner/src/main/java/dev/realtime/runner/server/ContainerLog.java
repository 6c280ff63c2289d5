package dev.realtime.runner.server;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Leads the logging of Grizzly, which is java.util.logging, into SLF4J, warnings and above. */
public final class ContainerLog {
    // Held here because java.util.logging forgets the level of a logger that nobody holds.
    private static final Logger CONTAINERS = Logger.getLogger("org.glassfish");

    private ContainerLog() {}

    /** Installs the bridge for the whole JVM; once is enough, more do no harm. */
    public static void install() {
        CONTAINERS.setLevel(Level.WARNING);
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }
}
