package dev.realtime.runner.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the certificate chain and the private key are, both in PEM. The chain begins with the server's own
 * certificate (RFC 8446 section 4.4.2).
 *
 * @param certificates the file with the chain
 * @param key the file with the key, not encrypted
 */
public record TlsFiles(Path certificates, Path key) {

    /** Reads the chain; {@link TlsException} when that is not possible. */
    public List<X509Certificate> readChain() {
        return chain(bytes(certificates));
    }

    /** Reads the key that belongs to the first of the chain; {@link TlsException} when that is not possible. */
    public PrivateKey readKey(List<X509Certificate> chain) {
        return PrivateKeys.read(PemBlocks.in(bytes(key)), chain.get(0).getPublicKey());
    }

    static List<X509Certificate> chain(byte[] file) {
        List<X509Certificate> chain = new ArrayList<>();
        for (PemBlocks.Block block : PemBlocks.in(file)) {
            if (block.label().equals("CERTIFICATE")) {
                chain.add(certificate(block.der()));
            }
        }
        if (chain.isEmpty()) {
            throw new TlsException("there is no certificate in it");
        }
        return List.copyOf(chain);
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new TlsException("it cannot be read (" + unreadable.getClass().getSimpleName() + ")", unreadable);
        }
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException unreadable) {
            throw new TlsException("a certificate in it is not readable", unreadable);
        }
    }
}
