package dev.realtime.examples.tomcat;

import dev.realtime.Realtime;
import dev.realtime.examples.contract.Host;
import dev.realtime.examples.contract.PollingContract;

class PollingInTomcatTest extends PollingContract {
    @Override
    protected Host start(Realtime realtime) throws Exception {
        EmbedInTomcat server = new EmbedInTomcat(realtime, 0);
        return new Host(server.port(), server);
    }
}
