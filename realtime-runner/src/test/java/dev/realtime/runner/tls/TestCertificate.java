package dev.realtime.runner.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key and its self-signed certificate for {@code localhost}, made by the JDK's keytool for one test.
 *
 * @param key the private key
 * @param certificate the certificate
 */
public record TestCertificate(PrivateKey key, X509Certificate certificate) {
    private static final String PASSWORD = "only-for-tests";

    /** A new one; {@code algorithm} is RSA or EC. */
    public static TestCertificate make(Path directory, String algorithm) throws Exception {
        Path store = directory.resolve(UUID.randomUUID() + ".p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + output);
        }
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD.toCharArray());
        }
        return new TestCertificate((PrivateKey) loaded.getKey("server", PASSWORD.toCharArray()), (X509Certificate)
                loaded.getCertificate("server"));
    }

    /** Writes both as PEM, the key as PKCS#8. */
    public TlsFiles writeTo(Path directory) throws Exception {
        TlsFiles files = new TlsFiles(directory.resolve("chain.pem"), directory.resolve("key.pem"));
        writeCertificate(files.certificates());
        writeKey(files.key());
        return files;
    }

    /** Writes the certificate as PEM. */
    public void writeCertificate(Path file) throws Exception {
        Files.writeString(file, pem("CERTIFICATE", certificate.getEncoded()));
    }

    /** Writes the key as PKCS#8 in PEM. */
    public void writeKey(Path file) throws IOException {
        Files.writeString(file, pem("PRIVATE KEY", key.getEncoded()));
    }

    /** Writes the key in the form of its algorithm that is older than PKCS#8. */
    void writeOldKey(Path file) throws IOException {
        byte[] pkcs8 = key.getEncoded();
        int algorithm = content(pkcs8, 0) + 3;
        int octets = content(pkcs8, algorithm) + pkcs8[algorithm + 1];
        byte[] old = Arrays.copyOfRange(pkcs8, content(pkcs8, octets), pkcs8.length);
        Files.writeString(file, pem(key.getAlgorithm() + " PRIVATE KEY", old));
    }

    /** A client's context that trusts this certificate alone. */
    public SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    boolean isOf(Certificate other) {
        return certificate.equals(other);
    }

    private static String pem(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    /** Where the content of the DER value at {@code start} begins. */
    private static int content(byte[] der, int start) {
        return start + 2 + (der[start + 1] >= 0 ? 0 : der[start + 1] & 0x7f);
    }
}
