package dev.realtime.protocol.socketio;

import dev.realtime.protocol.engineio.EngineIoSettings;
import java.time.Duration;

/**
 * What a Socket.IO client may send, and how it is kept alive.
 *
 * @param engineIo heartbeat and frame size
 * @param maxAttachments how many binary values one packet may have, in either direction; stock clients of 2026 end
 *     the connection above 10
 * @param maxAttachmentBytes how many bytes the binary values of one packet may have together; beyond that the
 *     connection is closed
 * @param attachmentTimeout from the header of a packet to the last of its binary values; beyond that the connection
 *     is closed as one that sent something malformed
 */
public record SocketIoSettings(
        EngineIoSettings engineIo, int maxAttachments, int maxAttachmentBytes, Duration attachmentTimeout) {

    /** Checks that the bounds are not negative and the time is above zero. */
    public SocketIoSettings {
        if (maxAttachments < 0 || maxAttachmentBytes < 0) {
            throw new IllegalArgumentException("bounds of attachments cannot be negative");
        }
        if (attachmentTimeout.isZero() || attachmentTimeout.isNegative()) {
            throw new IllegalArgumentException("attachment timeout has to be above zero, not " + attachmentTimeout);
        }
    }

    /** 10 attachments that are together no larger than one frame may be, within 45 s. */
    public SocketIoSettings(EngineIoSettings engineIo) {
        this(engineIo, 10, engineIo.maxPayload(), Duration.ofSeconds(45));
    }

    /** The defaults of Engine.IO, 10 attachments and 45 s for them. */
    public static SocketIoSettings defaults() {
        return new SocketIoSettings(EngineIoSettings.defaults());
    }
}
