package dev.realtime.json;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Field names as they stand in JSON, {@code "name":} with quotes and colon. The names of a program are few and written
 * all the time, so each is encoded once; beyond the bound, as when a host makes names up, each time. Any thread.
 */
final class Names {
    private static final int MOST = 512;
    private static final Map<String, byte[]> KNOWN = new ConcurrentHashMap<>();

    private Names() {}

    /** Only for reading. */
    static byte[] encoded(String name) {
        byte[] known = KNOWN.get(name);
        return known == null ? learned(name) : known;
    }

    private static byte[] learned(String name) {
        byte[] encoded = new JsonBytes(name.length() + 3).text(name).mark(':').end();
        if (KNOWN.size() < MOST && name.length() < MOST) {
            KNOWN.put(name, encoded);
        }
        return encoded;
    }
}
