package dev.realtime.runner.blackbox;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The environment a server is started with. Immutable. */
record Environment(Map<String, String> variables) {
    Environment {
        variables = Map.copyOf(variables);
    }

    /** Development with a secret that {@link Tokens} knows, a free port, and no limits on how fast a test may be. */
    static Environment development(Path data) {
        return new Environment(Map.of(
                "PORT", "0",
                "HOST", "127.0.0.1",
                "DATA_DIR", data.toString(),
                "JWT_SECRET", Tokens.SECRET,
                "RATE_LIMIT_MAX", "0",
                "RATE_CONNECTS_PER_SECOND", "0",
                "RATE_EVENTS_PER_SECOND", "0",
                "RATE_MESSAGES_PER_SECOND", "0",
                "RATE_CALLS_PER_MINUTE", "0",
                "LOG_LEVEL", "warn"));
    }

    /** The same in memory: nothing outlives the server. */
    static Environment inMemory(Path data) {
        return development(data).with("DATABASE_URL", "memory:");
    }

    /** The same in production, for pages of one origin. */
    static Environment production(Path data) {
        return development(data).with("NODE_ENV", "production").with("CORS_ORIGINS", "https://app.example.org");
    }

    Environment with(String name, String value) {
        Map<String, String> more = new HashMap<>(variables);
        more.put(name, value);
        return new Environment(more);
    }

    Environment without(String name) {
        Map<String, String> less = new HashMap<>(variables);
        less.remove(name);
        return new Environment(less);
    }
}
