// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.upokecenter.cbor.CBORObject;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.util.Random;

/// Our small CBOR against a library that knows all of it.
class CborTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatWeWriteIsReadTheSameByTheLibrary(long seed) throws Malformed {
        var random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            long whole = random.nextLong() >> random.nextInt(64);
            double number = random.nextBoolean() ? random.nextFloat() : random.nextGaussian();
            var bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            var text = "é".repeat(random.nextInt(150));
            var written =
                    new CborWriter()
                            .tag(18)
                            .array(5)
                            .whole(whole)
                            .number(number)
                            .bytes(bytes)
                            .text(text)
                            .map(1)
                            .whole(-1)
                            .bool(true)
                            .toBytes();

            var library = CBORObject.DecodeFromBytes(written);
            assertThat(library.HasMostOuterTag(18)).isTrue();
            assertThat(library.get(0).AsInt64Value()).isEqualTo(whole);
            assertThat(library.get(1).AsDouble()).isEqualTo(number);
            assertThat(library.get(2).GetByteString()).isEqualTo(bytes);
            assertThat(library.get(3).AsString()).isEqualTo(text);
            assertThat(library.get(4).get(CBORObject.FromObject(-1)).AsBoolean()).isTrue();

            var ours = new CborReader(written, Malformed::senml);
            assertThat(ours.tag()).isEqualTo(18);
            assertThat(ours.array()).isEqualTo(5);
            assertThat(ours.whole()).isEqualTo(whole);
            assertThat(ours.number()).isEqualTo(number);
            assertThat(ours.bytes()).isEqualTo(bytes);
            assertThat(ours.text()).isEqualTo(text);
            assertThat(ours.map()).isEqualTo(1);
            assertThat(ours.whole()).isEqualTo(-1);
            assertThat(ours.bool()).isTrue();
            ours.end();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "-0.1", "1e-7", "123456789012345678", "2.5e300"})
    void decimalFractionsAreExact(String text) throws Malformed {
        var decimal = new BigDecimal(text);
        var fraction =
                new CborWriter()
                        .tag(4)
                        .array(2)
                        .whole(-decimal.scale())
                        .whole(decimal.unscaledValue().longValueExact())
                        .toBytes();
        assertThat(new CborReader(fraction, Malformed::senml).number())
                .isEqualTo(decimal.doubleValue());
    }

    @Test
    void aSequenceIsSplitIntoItsItems() {
        assertThat(CborSequence.split(Bytes.hex("d28440a040400183f6fb3ff000000000000060"), 3))
                .extracting(Bytes::toHex)
                .containsExactly("d28440a04040", "01", "83f6fb3ff000000000000060");
        assertThat(CborSequence.split(Bytes.hex(""), 0)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CborSequence.split(Bytes.hex("0102"), 1))
                .withMessage("a batch holds at most 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CborSequence.split(Bytes.hex("8401"), 1));
    }
}
