package dev.realtime.runner.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything an operator can set, read from the environment and checked.
 *
 * @param mode development or production
 * @param nodeId what this node is called among those that share its stores; a random name when empty
 * @param server where and as what the server is reached
 * @param auth who is believed, and what is issued
 * @param database where accounts and messages are kept
 * @param connections the heartbeat and size of connections
 * @param limits bounds of sessions and the node
 * @param rates how fast clients may be
 * @param rooms rules of rooms and presence
 * @param calls rules of calls and their media
 * @param browserClient what browsers are served to connect with; none where they bring it themselves
 * @param warnings lines for the start report: what was set and has no effect, or is unwise
 */
public record RunnerSettings(
        Mode mode,
        Optional<String> nodeId,
        ServerSettings server,
        AuthSettings auth,
        DatabaseSettings database,
        ConnectionSettings connections,
        LimitSettings limits,
        RateSettings rates,
        RoomSettings rooms,
        CallSettings calls,
        Optional<BrowserClient> browserClient,
        List<String> warnings) {

    private static final List<String> NOT_YET = List.of(
            "JWT_JWKS_URL",
            "SERVICE_TOKEN",
            "REDIS_URL",
            "REDIS_HOST",
            "REDIS_SENTINELS",
            "REDIS_CLUSTER_NODES",
            "METRICS_APP");

    /** Copies the list. */
    public RunnerSettings {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the environment; {@link SettingsException} with every problem at once. In development without a secret
     * one is made, and kept in the data directory unless the database is in memory.
     */
    public static RunnerSettings read(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        Mode mode = Mode.read(variables);
        Optional<ServerSettings> server = ServerSettings.read(variables, mode);
        Optional<DatabaseSettings> database = DatabaseSettings.read(variables);
        boolean mayKeep =
                database.filter(DatabaseSettings.InMemory.class::isInstance).isEmpty();
        Optional<AuthSettings> auth = AuthSettings.read(variables, mode, mayKeep);
        ConnectionSettings connections = ConnectionSettings.read(variables);
        LimitSettings limits = LimitSettings.read(variables);
        RateSettings rates = RateSettings.read(variables);
        RoomSettings rooms = RoomSettings.read(variables, mode);
        CallSettings calls = CallSettings.read(variables);
        Optional<BrowserClient> browserClient = BrowserClient.read(variables);
        warn(variables, mode, mayKeep);
        variables.requireNoProblems();
        return new RunnerSettings(
                mode,
                variables.text("NODE_ID"),
                server.orElseThrow(),
                auth.orElseThrow(),
                database.orElseThrow(),
                connections,
                limits,
                rates,
                rooms,
                calls,
                browserClient,
                variables.warnings());
    }

    private static void warn(Variables variables, Mode mode, boolean keeps) {
        for (String name : NOT_YET) {
            if (variables.text(name).isPresent()) {
                variables.warn(name + " is set but not supported yet: it has no effect");
            }
        }
        if (mode.isProduction() && !keeps) {
            variables.warn("DATABASE_URL is memory: in production: everything is lost at the next stop");
        }
    }
}
