package dev.realtime.runner.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class TlsIdentityTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void aPairIsReadInBothFormsOfItsKey(String algorithm) throws Exception {
        TestCertificate made = TestCertificate.make(directory, algorithm);
        TlsFiles files = made.writeTo(directory);
        assertThat(files.readKey(files.readChain()).getEncoded())
                .isEqualTo(made.key().getEncoded());
        made.writeOldKey(files.key());
        assertThat(Files.readString(files.key())).contains("BEGIN " + algorithm + " PRIVATE KEY");
        assertThat(files.readKey(files.readChain()).getEncoded())
                .isEqualTo(made.key().getEncoded());
        assertThat(TlsIdentity.of(files).newEngine().getEnabledProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
    }

    @Test
    void theChainKeepsItsOrderAndIgnoresWhatStandsAround() throws Exception {
        TestCertificate first = TestCertificate.make(directory, "EC");
        TestCertificate second = TestCertificate.make(directory, "EC");
        TlsFiles files = first.writeTo(directory);
        String own = Files.readString(files.certificates());
        second.writeCertificate(files.certificates());
        Files.writeString(files.certificates(), "subject=localhost\n" + own + Files.readString(files.certificates()));
        assertThat(files.readChain()).containsExactly(first.certificate(), second.certificate());
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        TlsFiles files = TestCertificate.make(directory, "EC").writeTo(directory);
        TestCertificate.make(directory, "EC").writeKey(files.key());
        assertThatThrownBy(() -> TlsIdentity.of(files))
                .isInstanceOf(TlsException.class)
                .hasMessage("the private key does not belong to the first certificate");
    }

    @Test
    void filesThatHoldSomethingElseAreRefused() throws Exception {
        TlsFiles files = TestCertificate.make(directory, "EC").writeTo(directory);
        TlsFiles swapped = new TlsFiles(files.key(), files.certificates());
        assertThatThrownBy(swapped::readChain).hasMessage("there is no certificate in it");
        assertThatThrownBy(() -> swapped.readKey(files.readChain())).hasMessage("there is no private key in it");
        Files.writeString(files.certificates(), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        assertThatThrownBy(files::readChain).hasMessage("a block begins and does not end");
        Files.writeString(
                files.key(), "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----");
        assertThatThrownBy(() -> TlsIdentity.of(files)).isInstanceOf(TlsException.class);
        assertThatThrownBy(() -> new TlsFiles(directory.resolve("none"), files.key()).readChain())
                .hasMessage("it cannot be read (NoSuchFileException)");
    }

    @Test
    void aChangedPairIsTakenOverOnceItIsWhole() throws Exception {
        TestCertificate before = TestCertificate.make(directory, "EC");
        TestCertificate after = TestCertificate.make(directory, "RSA");
        TlsFiles files = before.writeTo(directory);
        TlsIdentity identity = TlsIdentity.of(files);
        SSLContext old = identity.context();
        identity.refresh();
        assertThat(identity.context()).isSameAs(old);
        after.writeCertificate(files.certificates());
        identity.refresh();
        assertThat(identity.context()).isSameAs(old);
        after.writeKey(files.key());
        identity.refresh();
        assertThat(identity.context()).isNotSameAs(old);
    }

    @Test
    void whatIsBrokenOrMissingIsToldOnce() throws Exception {
        TlsFiles files = TestCertificate.make(directory, "EC").writeTo(directory);
        TlsIdentity identity = TlsIdentity.of(files);
        Logger logger = (Logger) LoggerFactory.getLogger(TlsIdentity.class);
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        logger.addAppender(told);
        try {
            Files.writeString(files.key(), "nothing");
            identity.refresh();
            identity.refresh();
            assertThat(told.list)
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line.getFormattedMessage()).contains("there is no private key in it", "stays"));
            Files.delete(files.certificates());
            identity.refresh();
            identity.refresh();
            assertThat(told.list).hasSize(2);
        } finally {
            logger.detachAppender(told);
        }
    }
}
