package dev.realtime.examples.jetty;

import dev.realtime.Realtime;
import dev.realtime.examples.contract.Host;
import dev.realtime.examples.contract.PollingContract;

class PollingInJettyTest extends PollingContract {
    @Override
    protected Host start(Realtime realtime) throws Exception {
        EmbedInJetty server = new EmbedInJetty(realtime, 0);
        return new Host(server.port(), server);
    }
}
