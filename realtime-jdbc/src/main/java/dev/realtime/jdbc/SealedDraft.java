package dev.realtime.jdbc;

import dev.realtime.error.StoreException;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.Message;

/** Drafts on their way into the table and back, where their text stands as a {@link FieldCipher} has it. */
final class SealedDraft {
    private SealedDraft() {}

    /** The draft as it is stored. */
    static Draft of(Draft draft, FieldCipher cipher) {
        String sealed = cipher.seal(draft.text());
        return sealed.equals(draft.text())
                ? draft
                : new Draft(
                        draft.id(),
                        draft.room(),
                        draft.sender(),
                        draft.recipient(),
                        draft.visit(),
                        draft.clientMessageId(),
                        sealed,
                        draft.attachments(),
                        draft.metadata(),
                        draft.proposedAt());
    }

    /** The answer with its text as it was sent. */
    static Appended answer(Appended answer, Draft draft, FieldCipher cipher) {
        if (!(answer instanceof Appended.Stored stored)) {
            return answer;
        }
        try {
            Message message = stored.message();
            String text = message.id().equals(draft.id()) ? draft.text() : cipher.open(message.text());
            return text.equals(message.text()) ? answer : new Appended.Stored(with(text, message), stored.isNew());
        } catch (StoreException sealed) {
            return new Appended.Failed(sealed);
        }
    }

    /** The message with its text as it was sent; {@link StoreException} when no key fits. */
    static Message open(Message message, FieldCipher cipher) {
        String text = cipher.open(message.text());
        return text.equals(message.text()) ? message : with(text, message);
    }

    private static Message with(String text, Message message) {
        return new Message(
                message.id(),
                message.room(),
                message.seq(),
                message.sender(),
                message.recipient(),
                message.visit(),
                message.clientMessageId(),
                text,
                message.attachments(),
                message.metadata(),
                message.timestamp());
    }
}
