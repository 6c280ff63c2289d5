package dev.realtime.runner.login;

/**
 * Something the server needs to be ready.
 *
 * @param name what it is: {@code database}
 * @param virtue the field that says it works: {@code connected}
 * @param probe looks whether it does
 */
public record HealthCheck(String name, String virtue, Probe probe) {

    /** Returns when all is well and throws when not. Called on worker threads, where it may block, for each request. */
    @FunctionalInterface
    public interface Probe {
        /** Looks once. */
        void look();
    }

    /** A check of a database. */
    public static HealthCheck database(Probe probe) {
        return new HealthCheck("database", "connected", probe);
    }
}
