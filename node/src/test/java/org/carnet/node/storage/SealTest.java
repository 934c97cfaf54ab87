// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;

class SealTest {
    private static final byte[] HERE = {1};
    private static final byte[] PLAIN = "plain".getBytes(StandardCharsets.UTF_8);

    private final SubjectKeys keys = new MemorySubjectKeys(new SecureRandom());
    private final SubjectKey key = keys.of("owner", Samples.NOON);
    private final Seal seal = new Seal(new SecureRandom());

    @Test
    void whatWasSealedOpensWithItsKeyInItsPlaceOnly() {
        var sealed = seal.seal(key, HERE, PLAIN);
        assertThat(sealed).hasSize(PLAIN.length + Seal.OVERHEAD);
        assertThat(Seal.keyId(sealed)).isEqualTo(key.id());
        assertThat(seal.open(key, HERE, sealed)).contains(PLAIN);
        assertThat(seal.open(keys.of("another", Samples.NOON), HERE, sealed)).isEmpty();
        assertThat(seal.open(key, new byte[] {2}, sealed)).isEmpty();
        sealed[sealed.length - 1] ^= 1;
        assertThat(seal.open(key, HERE, sealed)).isEmpty();
        assertThat(seal.open(key, HERE, new byte[3])).isEmpty();
    }

    @Test
    void noNonceComesTwiceWithinAStartNorInTheNext() {
        var nonces = new HashSet<String>();
        for (var start : new Seal[] {seal, new Seal(new SecureRandom())}) {
            for (int i = 0; i < 1000; i++) {
                var nonce = Arrays.copyOfRange(start.seal(key, HERE, PLAIN), 8, 20);
                assertThat(nonces.add(Arrays.toString(nonce))).isTrue();
            }
        }
    }

    @Test
    void pseudonymsOfOneSubjectSayNothingOfAnother() {
        var pseudonyms = new Pseudonyms();
        var mine = pseudonyms.of(key, "did:key:z1");
        assertThat(pseudonyms.of(key, "did:key:z1"))
                .isEqualTo(mine)
                .isEqualTo(key.pseudonym("did:key:z1"));
        assertThat(pseudonyms.of(key, "did:key:z2")).isNotEqualTo(mine);
        assertThat(pseudonyms.of(keys.of("another", Samples.NOON), "did:key:z1"))
                .isNotEqualTo(mine);
    }

    @Test
    void pseudonymsThatShareAPlaceAreNotMixedUp() {
        var pseudonyms = new Pseudonyms();
        // "Aa" and "BB" have the same hash.
        for (int i = 0; i < 3; i++) {
            assertThat(pseudonyms.of(key, "Aa")).isEqualTo(key.pseudonym("Aa"));
            assertThat(pseudonyms.of(key, "BB")).isEqualTo(key.pseudonym("BB"));
        }
    }
}
