package dev.realtime.runner.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Addresses as operators write them. Literals are read without asking any resolver. */
final class Addresses {
    static final InetAddress EVERY = known("0.0.0.0");
    static final List<InetAddress> LOOPBACKS = List.of(known("127.0.0.1"), known("::1"));

    private Addresses() {}

    /** The addresses behind a name of this machine; {@code localhost} is both loopbacks, whatever a resolver says. */
    static List<InetAddress> toListenOn(String name) {
        return name.equalsIgnoreCase("localhost") ? LOOPBACKS : resolved(name);
    }

    /** Asks no resolver for an address in digits. */
    private static List<InetAddress> resolved(String text) {
        try {
            return List.of(InetAddress.getAllByName(text));
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }

    private static InetAddress known(String literal) {
        return resolved(literal).get(0);
    }
}
