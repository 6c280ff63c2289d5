package dev.realtime.runner.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses as operators write them. Literals are read without asking any resolver. */
final class Addresses {
    static final InetAddress EVERY = known("0.0.0.0");
    static final List<InetAddress> LOOPBACKS = List.of(known("127.0.0.1"), known("::1"));

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";

    private Addresses() {}

    /** An address in digits; empty for names and for anything else. */
    static Optional<InetAddress> literal(String text) {
        boolean isV4 = Pattern.matches(OCTET + "(\\." + OCTET + "){3}", text);
        boolean isV6 = text.indexOf(':') >= 0 && Pattern.matches("[0-9a-fA-F:.]+", text);
        return isV4 || isV6 ? resolved(text).stream().findFirst() : Optional.empty();
    }

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
