package dev.realtime.examples.undertow;

import dev.realtime.Realtime;
import dev.realtime.examples.contract.Host;
import dev.realtime.examples.contract.SlowConsumerContract;

class SlowConsumersOfUndertowTest extends SlowConsumerContract {
    @Override
    protected Host start(Realtime realtime) throws Exception {
        EmbedInUndertow server = new EmbedInUndertow(realtime, 0);
        return new Host(server.port(), server);
    }
}
