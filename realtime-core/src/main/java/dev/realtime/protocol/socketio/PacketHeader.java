package dev.realtime.protocol.socketio;

import dev.realtime.protocol.ProtocolException;
import java.util.OptionalLong;

/**
 * What stands before the JSON of a packet: {@code 4<type>[<attachments>-][<namespace>,][<id>]}.
 *
 * @param attachments how many binary frames follow
 * @param ackId the number under which an answer is wanted or given
 * @param json the rest of the text, empty when there is no payload
 */
record PacketHeader(PacketType type, int attachments, String namespace, OptionalLong ackId, String json) {

    /** Reads the header of a whole Engine.IO message. */
    static PacketHeader scan(String message, int maxAttachments) {
        return new Scanner(message).scan(maxAttachments);
    }

    /** How many binary frames a whole Engine.IO message announces; reads no further than that. */
    static int attachments(String message, int maxAttachments) {
        return message.startsWith("45") || message.startsWith("46")
                ? new Scanner(message).attachmentsOnly(maxAttachments)
                : 0;
    }

    /** Goes through the characters once, from the left. */
    private static final class Scanner {
        private static final long MAX_ID = (1L << 53) - 1;

        private final String text;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        PacketHeader scan(int maxAttachments) {
            expect('4', "not a message");
            if (at == text.length()) {
                throw new ProtocolException("a message without a packet");
            }
            PacketType type = PacketType.of(text.charAt(at++));
            int attachments = type.isBinary() ? attachments(maxAttachments) : 0;
            String namespace = namespace();
            OptionalLong id = type.mayHaveId() ? id() : OptionalLong.empty();
            return new PacketHeader(type, attachments, namespace, id, text.substring(at));
        }

        int attachmentsOnly(int maxAttachments) {
            at = 2;
            return attachments(maxAttachments);
        }

        private int attachments(int max) {
            OptionalLong count = number(max, "too many attachments");
            if (count.isEmpty() || count.getAsLong() == 0) {
                throw new ProtocolException("a binary packet without a count of attachments");
            }
            expect('-', "a count of attachments without its end");
            return (int) count.getAsLong();
        }

        private String namespace() {
            if (at == text.length() || text.charAt(at) != '/') {
                return "/";
            }
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            String namespace = text.substring(at, end);
            at = comma < 0 ? end : end + 1;
            return namespace;
        }

        private OptionalLong id() {
            return number(MAX_ID, "an ack id beyond 2^53-1");
        }

        private OptionalLong number(long max, String excess) {
            int start = at;
            long value = 0;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                value = value * 10 + (text.charAt(at++) - '0');
                if (value > max) {
                    throw new ProtocolException(excess);
                }
            }
            return at == start ? OptionalLong.empty() : OptionalLong.of(value);
        }

        private void expect(char expected, String otherwise) {
            if (at == text.length() || text.charAt(at) != expected) {
                throw new ProtocolException(otherwise);
            }
            at++;
        }
    }
}
