package dev.realtime.examples.tyrus;

import dev.realtime.Realtime;
import dev.realtime.examples.contract.Host;
import dev.realtime.examples.contract.SlowConsumerContract;

class SlowConsumersOfTyrusTest extends SlowConsumerContract {
    /** A plain Tyrus keeps the socket until the peer goes; the standalone server has a transport that cuts it. */
    @Override
    protected boolean canCut() {
        return false;
    }

    @Override
    protected Host start(Realtime realtime) throws Exception {
        EmbedInTyrus server = new EmbedInTyrus(realtime, 0);
        return new Host(server.port(), server);
    }
}
