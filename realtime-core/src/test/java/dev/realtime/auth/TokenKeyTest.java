package dev.realtime.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.junit.jupiter.api.Test;

class TokenKeyTest {

    @Test
    void aSecretHasAtLeastThirtyTwoBytes() {
        assertThat(TokenKey.hs256(new byte[32]).algorithm()).isEqualTo("HS256");
        assertThatThrownBy(() -> TokenKey.hs256(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a secret has at least 32 bytes, not 31");
    }

    @Test
    void keysAreReadFromPem() {
        assertThat(TokenKey.rs256(Tokens.pem(Tokens.RSA.getPublic())).algorithm())
                .isEqualTo("RS256");
        assertThat(TokenKey.es256("# ours\r\n" + Tokens.pem(Tokens.EC.getPublic()))
                        .algorithm())
                .isEqualTo("ES256");
    }

    @Test
    void otherKindsOfPemAreNamed() {
        String rsa = Tokens.pem(Tokens.RSA.getPublic());
        refuses("nothing", "no PEM block (-----BEGIN PUBLIC KEY-----) found");
        refuses(rsa.replace("PUBLIC", "PRIVATE"), "a PEM block BEGIN PUBLIC KEY is needed, not BEGIN PRIVATE KEY");
        refuses(
                rsa.replace("PUBLIC", "RSA PUBLIC"),
                "a PEM block BEGIN PUBLIC KEY is needed, not BEGIN RSA PUBLIC KEY");
        refuses(Tokens.pem(Tokens.EC.getPublic()), "the PEM block holds no public key of kind RSA");
        refuses("-----BEGIN PUBLIC KEY-----\nAAA=A\n-----END PUBLIC KEY-----", "the PEM block is not base64");
        refuses(
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "the PEM block holds no public key of kind RSA");
        refuses(rsa.substring(0, 100), "no PEM block (-----BEGIN PUBLIC KEY-----) found");
    }

    @Test
    void weakKeysAreRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        RSAPublicKey weak = (RSAPublicKey) generator.generateKeyPair().getPublic();
        assertThatThrownBy(() -> TokenKey.rs256(weak)).hasMessage("an RSA key has at least 2048 bits, not 1024");
        ECPublicKey other = (ECPublicKey) Tokens.pair("EC", "secp384r1").getPublic();
        assertThatThrownBy(() -> TokenKey.es256(other)).hasMessage("the key is not on the curve P-256");
    }

    private static void refuses(String pem, String message) {
        assertThatThrownBy(() -> TokenKey.rs256(pem))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
