package dev.realtime.examples.store;

import dev.realtime.Realtime;
import dev.realtime.address.UserId;
import dev.realtime.auth.AuthenticationException;
import dev.realtime.auth.AuthenticationException.Reason;
import dev.realtime.auth.Credentials;
import dev.realtime.auth.Principal;
import dev.realtime.examples.tyrus.EmbedInTyrus;
import dev.realtime.json.Payload;
import java.nio.file.Path;

/** A chat server that keeps its messages in a journal file and remembers them when it is started again. */
public final class StartWithJournal {
    private StartWithJournal() {}

    /** Starts the server; the first argument is the file, {@code messages.journal} without one. */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments.length > 0 ? arguments[0] : "messages.journal");
        try (JournalMessageStore store = new JournalMessageStore(file);
                EmbedInTyrus server = new EmbedInTyrus(node(store), 8025)) {
            System.out.println("listening on port " + server.port() + ", Enter stops");
            System.in.read();
        }
    }

    private static Realtime node(JournalMessageStore store) {
        return Realtime.with(StartWithJournal::named)
                .messages(store)
                .roomPolicy((who, room) -> room.value().startsWith("lobby-"))
                .messagePolicy((sender, recipient) -> !sender.user().equals(recipient))
                .start();
    }

    /** Everybody is who he says he is: fit for a trial and for nothing else. */
    private static Principal named(Credentials credentials) {
        return credentials
                .connect()
                .flatMap(data -> data.get("token"))
                .filter(token -> token.is(Payload.Kind.TEXT))
                .map(name -> new Principal(new UserId(name.asText()), "guest"))
                .orElseThrow(() -> new AuthenticationException(Reason.NO_TOKEN, "no name given"));
    }
}
