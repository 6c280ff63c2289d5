package dev.realtime.runner.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who the server is to those who connect with TLS 1.2 or 1.3. {@link #refresh} takes over what has changed in the
 * files; connections made before keep what they were shown. Any thread may call.
 */
public final class TlsIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final TlsFiles files;
    private byte[] chainSeen;
    private byte[] keySeen;
    private boolean isMissing;
    private volatile SSLContext context;

    private TlsIdentity(TlsFiles files) {
        this.files = files;
        this.chainSeen = TlsFiles.bytes(files.certificates());
        this.keySeen = TlsFiles.bytes(files.key());
        this.context = context(chainSeen, keySeen);
    }

    /** The identity in the files; {@link TlsException} when it cannot be read or its parts do not fit. */
    public static TlsIdentity of(TlsFiles files) {
        return new TlsIdentity(files);
    }

    /** What new connections are made with. */
    public SSLContext context() {
        return context;
    }

    /** The server's side of a new connection. */
    public SSLEngine newEngine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(PROTOCOLS);
        return engine;
    }

    /**
     * Looks whether the files hold something new, and takes it over when it can be used. Else what was there goes on,
     * and the log says so once for each content. Reads files, so it may block.
     */
    public synchronized void refresh() {
        try {
            byte[] chain = TlsFiles.bytes(files.certificates());
            byte[] key = TlsFiles.bytes(files.key());
            isMissing = false;
            if (Arrays.equals(chain, chainSeen) && Arrays.equals(key, keySeen)) {
                return;
            }
            chainSeen = chain;
            keySeen = key;
            context = context(chain, key);
            LOG.info("The certificate in {} has changed; new connections are shown the new one", files.certificates());
        } catch (TlsException unusable) {
            keepOld(unusable);
        }
    }

    private void keepOld(TlsException unusable) {
        boolean isUnread = unusable.getCause() instanceof IOException;
        if (!isUnread || !isMissing) {
            LOG.warn(
                    "{} and {} cannot be used any more: {}. The certificate read before stays",
                    files.certificates(),
                    files.key(),
                    unusable.problem());
        }
        isMissing = isUnread;
    }

    private static SSLContext context(byte[] chainFile, byte[] keyFile) {
        List<X509Certificate> chain = TlsFiles.chain(chainFile);
        PrivateKey key = PrivateKeys.read(PemBlocks.in(keyFile), chain.get(0).getPublicKey());
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, new char[0], chain.toArray(new X509Certificate[0]));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(keys.getKeyManagers(), null, null);
            return made;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new TlsException("this platform cannot use it: " + unusable.getMessage(), unusable);
        }
    }
}
