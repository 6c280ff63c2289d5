package dev.realtime.protocol.socketio;

import dev.realtime.protocol.engineio.EngineIoSettings;

/**
 * What a Socket.IO client may send, and how it is kept alive.
 *
 * @param engineIo heartbeat and frame size
 * @param maxAttachments how many binary values one packet may have, in either direction; stock clients of 2026 end
 *     the connection above 10
 * @param maxAttachmentBytes how many bytes the binary values of one packet may have together; beyond that the
 *     connection is closed
 */
public record SocketIoSettings(EngineIoSettings engineIo, int maxAttachments, int maxAttachmentBytes) {

    /** Checks that the bounds are not negative. */
    public SocketIoSettings {
        if (maxAttachments < 0 || maxAttachmentBytes < 0) {
            throw new IllegalArgumentException("bounds of attachments cannot be negative");
        }
    }

    /** 10 attachments that are together no larger than one frame may be. */
    public SocketIoSettings(EngineIoSettings engineIo) {
        this(engineIo, 10, engineIo.maxPayload());
    }

    /** The defaults of Engine.IO and 10 attachments. */
    public static SocketIoSettings defaults() {
        return new SocketIoSettings(EngineIoSettings.defaults());
    }
}
