package dev.realtime.runner.http;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses that begin with the same bits (RFC 4632); all bits for a single address.
 *
 * @param network an address in the range
 * @param bits how many bits are the same
 */
public record AddressRange(InetAddress network, int bits) {

    /** Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address; empty for anything else. */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return IpLiteral.parse(text).map(AddressRange::single);
        }
        String bits = text.substring(slash + 1);
        if (!bits.matches("\\d{1,3}")) {
            return Optional.empty();
        }
        return IpLiteral.parse(text.substring(0, slash))
                .map(address -> new AddressRange(address, Integer.parseInt(bits)))
                .filter(range -> range.bits <= range.network.getAddress().length * 8);
    }

    /** The range of one address. */
    public static AddressRange single(InetAddress address) {
        return new AddressRange(address, address.getAddress().length * 8);
    }

    /** Whether the address lies in it; never one of the other family. */
    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (ours[i] != theirs[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || (ours[whole] & 0xff) >>> (8 - rest) == (theirs[whole] & 0xff) >>> (8 - rest);
    }
}
