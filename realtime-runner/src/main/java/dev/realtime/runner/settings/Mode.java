package dev.realtime.runner.settings;

import java.util.Locale;

/** How strict the server is with its own configuration. */
public enum Mode {
    /** Everything has a default, demo users exist, only this machine is served. */
    DEVELOPMENT,
    /** Secrets and origins are demanded, demo users cannot log in. */
    PRODUCTION;

    /** Whether this is {@link #PRODUCTION}. */
    public boolean isProduction() {
        return this == PRODUCTION;
    }

    /** The word operators and clients read. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Mode read(Variables variables) {
        return isProduction(variables, "NODE_ENV") || isProduction(variables, "REALTIME_ENV")
                ? PRODUCTION
                : DEVELOPMENT;
    }

    private static boolean isProduction(Variables variables, String name) {
        return variables.text(name, "").equalsIgnoreCase(PRODUCTION.text());
    }
}
