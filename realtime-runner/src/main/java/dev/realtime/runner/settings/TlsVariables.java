package dev.realtime.runner.settings;

import dev.realtime.runner.tls.TlsException;
import dev.realtime.runner.tls.TlsFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Reads where certificate and key are, and whether they can be used, so that a start fails with all its problems. */
final class TlsVariables {
    private static final String CERTIFICATES = "TLS_CERT_FILE";
    private static final String KEY = "TLS_KEY_FILE";
    private static final String CHAIN_FORM = "a file with a PEM chain, the server's certificate first";
    private static final String KEY_FORM = "a file with its private key in PEM, not encrypted";

    private TlsVariables() {}

    static Optional<TlsFiles> read(Variables variables) {
        Optional<Path> certificates = path(variables, CERTIFICATES, CHAIN_FORM);
        Optional<Path> key = path(variables, KEY, KEY_FORM);
        if (certificates.isEmpty() && variables.text(CERTIFICATES).isEmpty() && key.isPresent()) {
            variables.problem(CERTIFICATES, "it is missing beside " + KEY, CHAIN_FORM);
        }
        if (key.isEmpty() && variables.text(KEY).isEmpty() && certificates.isPresent()) {
            variables.problem(KEY, "it is missing beside " + CERTIFICATES, KEY_FORM);
        }
        if (certificates.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        TlsFiles files = new TlsFiles(certificates.get(), key.get());
        check(variables, files);
        return Optional.of(files);
    }

    private static void check(Variables variables, TlsFiles files) {
        String at = CERTIFICATES;
        String form = CHAIN_FORM;
        try {
            List<X509Certificate> chain = files.readChain();
            at = KEY;
            form = KEY_FORM;
            files.readKey(chain);
        } catch (TlsException unusable) {
            variables.problem(at, unusable.problem(), form);
        }
    }

    private static Optional<Path> path(Variables variables, String name, String form) {
        try {
            return variables.text(name).map(Path::of);
        } catch (InvalidPathException unreadable) {
            variables.problem(name, "it is not a path", form);
            return Optional.empty();
        }
    }
}
