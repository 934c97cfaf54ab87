// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.identity.Multibase;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/// One array in the forms of both specifications.
final class StatusListTest {
    @Test
    void bothFormsTellTheSameOfEveryEntry() {
        var random = new Random(4);
        Map<Integer, Status> marked = new HashMap<>();
        for (int i = 0; i < 5_000; i++)
            marked.put(
                    random.nextInt(StatusList.SIZE),
                    random.nextBoolean() ? Status.REVOKED : Status.SUSPENDED);
        var list = new StatusList(marked);
        var revoked = StatusList.ofBitstring(list.bitstring(Status.REVOKED));
        var suspended = StatusList.ofBitstring(list.bitstring(Status.SUSPENDED));
        var token = StatusList.ofToken(list.token());
        for (int i = 0; i < StatusList.SIZE; i++) {
            var status = marked.getOrDefault(i, Status.VALID);
            assertThat(StatusList.tokenAt(token, i, 2)).isEqualTo(status.code());
            assertThat(StatusList.bitstringAt(revoked, i, 1) == 1)
                    .isEqualTo(status == Status.REVOKED);
            assertThat(StatusList.bitstringAt(suspended, i, 1) == 1)
                    .isEqualTo(status == Status.SUSPENDED);
        }
        assertThat(StatusList.bitstringAt(revoked, StatusList.SIZE, 1)).isEqualTo(-1);
        assertThat(StatusList.tokenAt(token, StatusList.SIZE, 2)).isEqualTo(-1);
    }

    /// Token Status List section 4.2: the byte arrays of its two examples.
    @Test
    void theExamplesOfTheTokenStatusListAreRead() {
        var oneBit = Bytes.hex("b9a3");
        int[] ones = {1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1};
        for (int i = 0; i < ones.length; i++)
            assertThat(StatusList.tokenAt(oneBit, i, 1)).as("entry %d", i).isEqualTo(ones[i]);
        var twoBits = Bytes.hex("c944f9");
        int[] twos = {1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3};
        for (int i = 0; i < twos.length; i++)
            assertThat(StatusList.tokenAt(twoBits, i, 2)).as("entry %d", i).isEqualTo(twos[i]);
        assertThat(StatusList.ofToken("eNrbuRgAAhcBXQ")).isEqualTo(oneBit);
        assertThat(StatusList.ofToken("eNo76fITAAPfAgc")).isEqualTo(twoBits);
    }

    /// Bitstring Status List section 2.2: the encodedList of its example, which has no bit set.
    @Test
    void theExampleOfTheBitstringStatusListIsRead() {
        var bits =
                StatusList.ofBitstring(
                        "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA");
        assertThat(bits.length() * 8).isEqualTo(StatusList.SIZE);
        assertThat(bits).isEqualTo(Bytes.unsafe(new byte[StatusList.SIZE / 8]));
    }

    @Test
    void aListThatExpandsWithoutEndIsRefused() {
        var bomb = Compression.GZIP.compress(new byte[64 << 20]);
        assertThat(bomb.length()).isLessThan(100_000);
        assertThatThrownBy(() -> StatusList.ofBitstring(Multibase.base64Url(bomb)))
                .hasMessageContaining("longer than");
        assertThatThrownBy(
                        () ->
                                StatusList.ofToken(
                                        Compression.ZLIB.compress(new byte[2 << 20]).toBase64Url()))
                .hasMessageContaining("longer than");
    }

    @Test
    void whatIsNotCompressedAsItShouldBeIsRefused() {
        assertThatThrownBy(() -> StatusList.ofBitstring("H4sIAAAA"))
                .hasMessageContaining("multibase");
        assertThatThrownBy(() -> StatusList.ofBitstring("uAAAA"))
                .hasMessageContaining("not compressed");
        assertThatThrownBy(() -> StatusList.ofToken("AAAA")).hasMessageContaining("not compressed");
    }
}
