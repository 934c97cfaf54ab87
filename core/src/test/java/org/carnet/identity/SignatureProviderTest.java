// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureSpi;
import java.util.ArrayList;
import java.util.Random;

class SignatureProviderTest {
    @ParameterizedTest
    @ValueSource(strings = {"Conscrypt", "BouncyCastle", "JDK", "jdk"})
    void aProviderCanBeNamed(String name) {
        assertThat(SignatureProvider.choose(name).name()).isEqualToIgnoringCase(name);
    }

    @Test
    void nothingTakesThePlaceOfAProviderThatIsNotThere() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SignatureProvider.choose("OpenSSL"))
                .withMessageEndingWith("by the name OpenSSL");
    }

    /// What checked one signature checks the next, of another key or the same.
    @Test
    void goodAndBadSignaturesAreToldApartInAnyOrder() {
        var random = new Random(20261121);
        for (var provider : SignatureProvider.all()) {
            for (var algorithm : Algorithm.values()) {
                var keys = new ArrayList<SigningKey>();
                for (int i = 0; i < 3; i++) {
                    var secret = new byte[32];
                    random.nextBytes(secret);
                    secret[0] = 1;
                    keys.add(SigningKey.of(algorithm, Bytes.unsafe(secret)));
                }
                for (int i = 0; i < 60; i++) {
                    var signer = keys.get(random.nextInt(3));
                    var named = keys.get(random.nextInt(3));
                    var message = new byte[random.nextInt(100)];
                    random.nextBytes(message);
                    var signature = signer.sign(message);
                    boolean whole = random.nextBoolean();
                    if (!whole) signature[random.nextInt(64)] ^= 1;
                    assertThat(VerificationKey.of(named.did(), provider).verify(message, signature))
                            .as("%s %s %d", provider.name(), algorithm, i)
                            .isEqualTo(whole && signer == named);
                }
            }
        }
    }

    @Test
    void aProviderThatTakesEverySignatureDoesNotPassItsSelfTest() {
        var jdk = Security.getProvider("SunEC");
        assertThat(SelfTest.passes(new SignatureProvider("JDK", jdk))).isTrue();
        assertThat(SelfTest.passes(new SignatureProvider("lenient", new Lenient()))).isFalse();
    }

    /// Signs nothing and verifies everything.
    private static final class Lenient extends Provider {
        private static final long serialVersionUID = 1;

        Lenient() {
            super("Lenient", "1", "accepts every signature");
            putService(
                    new Service(this, "Signature", "EdDSA", "x", null, null) {
                        @Override
                        public Object newInstance(Object parameter) {
                            return new Accepting();
                        }
                    });
        }
    }

    private static final class Accepting extends SignatureSpi {
        @Override
        protected void engineInitVerify(PublicKey key) {}

        @Override
        protected void engineInitSign(PrivateKey key) {}

        @Override
        protected void engineUpdate(byte b) {}

        @Override
        protected void engineUpdate(byte[] bytes, int from, int length) {}

        @Override
        protected byte[] engineSign() {
            return new byte[64];
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            return true;
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {}

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            return name;
        }
    }
}
