package dev.realtime.benchmarks;

import dev.realtime.json.Payload;

/** What is sent most: a chat message, as of 15 in the contract. */
final class Samples {
    static final String MESSAGE_JSON = "{\"id\":\"01a207b0-7c5e-7000-8000-3f1d2c4b5a69\",\"roomId\":\"chat:doc:pat\","
            + "\"seq\":4711,\"message\":\"Guten Tag, wie geht es Ihnen heute? Bringen Sie bitte den Befund mit.\","
            + "\"senderId\":\"doc\",\"timestamp\":\"2026-11-23T09:15:48.000Z\",\"clientMessageId\":\"c-1\"}";

    static final String SEND_JSON = "{\"roomId\":\"chat:doc:pat\",\"clientMessageId\":\"c-1\","
            + "\"message\":\"Guten Tag, wie geht es Ihnen heute? Bringen Sie bitte den Befund mit.\"}";

    private Samples() {}

    static Payload message() {
        return Payload.parse(MESSAGE_JSON);
    }
}
