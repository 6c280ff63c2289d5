package dev.realtime.examples.jetty;

import dev.realtime.Realtime;
import dev.realtime.examples.contract.ContainerContract;
import dev.realtime.examples.contract.Host;

class EmbedInJettyTest extends ContainerContract {
    @Override
    protected Host start(Realtime realtime) throws Exception {
        EmbedInJetty server = new EmbedInJetty(realtime, 0);
        return new Host(server.port(), server);
    }
}
