// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.jose.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.Random;

/// RFC 8785, with the samples of its section 3.2 and its appendix B.
final class JcsTest {
    private static ObjectNode object(String json) {
        return Json.object(Bytes.utf8(json));
    }

    private static String canonical(String json) {
        return Jcs.canonical(object(json)).toUtf8();
    }

    @Test
    void theSampleOfTheSpecificationHasItsCanonicalForm() {
        var sample =
                """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50,
                              2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }
                """;
        assertThat(canonical(sample))
                .isEqualTo(
                        "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,"
                                + "0.002,1e-27],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void membersAreOrderedByTheirUtf16CodeUnits() {
        var sample =
                """
                {
                  "\\u20ac": "Euro Sign",
                  "\\r": "Carriage Return",
                  "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                  "1": "One",
                  "\\ud83d\\ude00": "Emoji: Grinning Face",
                  "\\u0080": "Control",
                  "\\u00f6": "Latin Small Letter O With Diaeresis"
                }
                """;
        var ordered = object(canonical(sample)).propertyNames();
        assertThat(String.join(" ", ordered)).isEqualTo("\r 1 \u0080 ö € 😀 \ufb33");
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void numbersAreWrittenAsEcmascriptWritesThem(String bits, String text) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertThat(EcmaNumber.text(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aWrittenNumberReadsAsTheSameDouble(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (!Double.isFinite(value) || value == 0) continue;
            var text = EcmaNumber.text(value);
            assertThat(Double.parseDouble(text)).as(text).isEqualTo(value);
            assertThat(new BigDecimal(text).stripTrailingZeros().precision())
                    .isLessThanOrEqualTo(
                            new BigDecimal(Double.toString(value))
                                    .stripTrailingZeros()
                                    .precision());
        }
    }

    @Test
    void aMemberTwiceIsRefused() {
        assertThatThrownBy(() -> canonical("{\"level\":\"basic\",\"level\":\"high\"}"))
                .hasMessageContaining("not strict JSON");
    }

    @Test
    void aWholeNumberThatReadersRoundDifferentlyIsRefused() {
        assertThat(canonical("{\"n\":9007199254740992}")).isEqualTo("{\"n\":9007199254740992}");
        assertThatThrownBy(() -> canonical("{\"n\":9007199254740993}"))
                .hasMessageContaining("not exactly a double");
    }

    @Test
    void halfASurrogatePairIsRefused() {
        assertThatThrownBy(() -> canonical("{\"s\":\"\\ud800\"}"))
                .hasMessageContaining("surrogate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "{} {}",
                "{\"a\":01}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":1,}",
                ""
            })
    void onlyOneStrictJsonObjectIsRead(String text) {
        assertThatThrownBy(() -> object(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
