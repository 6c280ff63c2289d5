package dev.realtime.examples.tyrus;

import dev.realtime.Realtime;
import dev.realtime.examples.contract.ContainerContract;
import dev.realtime.examples.contract.Host;

class EmbedInTyrusTest extends ContainerContract {
    @Override
    protected Host start(Realtime realtime) throws Exception {
        EmbedInTyrus server = new EmbedInTyrus(realtime, 0);
        return new Host(server.port(), server);
    }
}
