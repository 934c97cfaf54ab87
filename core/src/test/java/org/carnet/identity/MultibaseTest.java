// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

/// Multibase with the test vectors of draft-msporny-base58 and zero bytes in front.
final class MultibaseTest {
    @ParameterizedTest
    @CsvSource({
        "48656c6c6f20576f726c6421, z2NEpo7TZRRrLZSi2U",
        "0000287fb4cd, z11233QC4",
        "00, z1",
        "0000, z11",
        "ff, z5Q"
    })
    void bytesHaveOneTextInBase58(String hex, String text) {
        assertThat(Multibase.base58btc(Bytes.hex(hex))).isEqualTo(text);
        assertThat(Multibase.decode(text)).isEqualTo(Bytes.hex(hex));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        var random = new Random(7);
        for (int length = 1; length < 80; length++) {
            var bytes = new byte[length];
            random.nextBytes(bytes);
            for (int zeros = 0; zeros < Math.min(3, length); zeros++) {
                if (zeros > 0) bytes[zeros - 1] = 0;
                var value = Bytes.copyOf(bytes);
                assertThat(Multibase.decode(Multibase.base58btc(value))).isEqualTo(value);
                assertThat(Multibase.decode(Multibase.base64Url(value))).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "z", "z0", "zI", "z2NEpo7TZRRrLZSi2U ", "uAA=", "uAB", "f00", "mAA"})
    void whatIsNotTheOneTextOfItsBytesIsRefused(String text) {
        assertThatThrownBy(() -> Multibase.decode(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
