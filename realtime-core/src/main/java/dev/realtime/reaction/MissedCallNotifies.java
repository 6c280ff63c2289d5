package dev.realtime.reaction;

import dev.realtime.call.Call;
import dev.realtime.call.CallListener;
import dev.realtime.json.Payload;
import dev.realtime.notification.Notice;
import dev.realtime.notification.NotificationHub;
import dev.realtime.notification.Priority;

/** Leaves a notification for the callee who has missed a call. */
public final class MissedCallNotifies implements CallListener {
    private final NotificationHub notifications;

    /** Sends through {@code notifications}. */
    public MissedCallNotifies(NotificationHub notifications) {
        this.notifications = notifications;
    }

    @Override
    public void missed(Call call) {
        Payload data = Payload.object()
                .put("callId", call.id().value())
                .put("callerId", call.caller().value())
                .end();
        Notice notice = Notice.of("call_missed", "Missed call", "You missed a call from " + call.caller())
                .withPriority(Priority.HIGH)
                .withData(data);
        notifications.send(call.callee(), notice);
    }
}
