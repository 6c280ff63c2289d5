package dev.realtime.runner.settings;

import java.time.Duration;

/**
 * Rules of rooms and presence.
 *
 * @param open whether people in care may enter rooms that follow no naming rule
 * @param presenceGrace how long a lost transport may stay away before others are told
 */
public record RoomSettings(boolean open, Duration presenceGrace) {

    static RoomSettings read(Variables variables, Mode mode) {
        return new RoomSettings(
                variables.flag("OPEN_ROOMS", !mode.isProduction()), variables.millis("PRESENCE_GRACE_MS", 5_000, 0));
    }
}
