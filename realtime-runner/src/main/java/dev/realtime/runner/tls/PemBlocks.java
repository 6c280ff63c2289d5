package dev.realtime.runner.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The blocks of a PEM file (RFC 7468), in their order; text around them is left out. Stateless. */
final class PemBlocks {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private PemBlocks() {}

    /** One block: what it says it is, and its bytes. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Block(String label, byte[] der) {}

    static List<Block> in(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        int start = text.indexOf(BEGIN);
        while (start >= 0) {
            int labelEnd = text.indexOf(DASHES, start + BEGIN.length());
            String label = labelEnd < 0 ? "" : text.substring(start + BEGIN.length(), labelEnd);
            int end = text.indexOf(END + label + DASHES, start);
            if (labelEnd < 0 || end < labelEnd) {
                throw new TlsException("a block begins and does not end");
            }
            blocks.add(new Block(label, bytes(label, text.substring(labelEnd + DASHES.length(), end))));
            start = text.indexOf(BEGIN, end);
        }
        return blocks;
    }

    private static byte[] bytes(String label, String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64.strip());
        } catch (IllegalArgumentException unreadable) {
            throw new TlsException("the block " + label + " is not base64 (an encrypted key has to be decrypted)");
        }
    }
}
