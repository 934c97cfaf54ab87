// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

class MalformedSenmlTest {
    private static final DidKey THING =
            new DidKey("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp");
    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");

    /// In every case `@` stands for the thing's base name.
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "`` # strict JSON|array",
                "{\"bn\":\"@\",\"n\":\"a\",\"v\":1} # not an array",
                "[] # empty",
                "[{\"bn\":\"@\"}] # empty",
                "[{}] # neither a value nor a sum",
                "[1] # not an object",
                "[{\"bn\":\"@\",\"n\":\"a\"}] # neither a value nor a sum",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":1},{\"n\":\"b\"}] # neither a value nor a sum",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":1,\"s\":1}] # more than one value",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":1,\"vs\":\"1\"}] # more than one value",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":1,\"v\":1}] # strict JSON|twice",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":1,\"x\":{\"y\":1,\"y\":2}}] # strict JSON",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":\"1\"}] # v is not of the JSON type",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":null}] # v is not of the JSON type",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":[1]}] # v is not of the JSON type",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":NaN}] # strict JSON",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":01}] # strict JSON",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":+1}] # strict JSON",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":.5}] # strict JSON",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":1e999}] # v is not a finite number",
                "[{\"bn\":\"@\",\"bv\":1e308,\"n\":\"a\",\"v\":1e308}] # not a finite number",
                "[{\"bn\":\"@\",\"n\":\"a\",\"vb\":1}] # vb is not of the JSON type",
                "[{\"bn\":\"@\",\"n\":\"a\",\"vs\":1}] # vs is not of the JSON type",
                "[{\"bn\":\"@\",\"n\":\"a\",\"vs\":\"\\ud800\"}] # half a character",
                "[{\"bn\":\"@\",\"n\":\"a\",\"vd\":\"aGkgCg==\"}] # vd is not base64url",
                "[{\"bn\":\"@\",\"n\":\"a\",\"vd\":\"aGkgCh\"}] # vd is not base64url",
                "[{\"bn\":\"@\",\"n\":\"a\",\"vd\":\"a+/b\"}] # vd is not base64url",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":1}]] # strict JSON|follows",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":1}] 1 # follows",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":1},] # strict JSON|not an object",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":1} # strict JSON",
                "[{'bn':'@','n':'a','v':1}] # strict JSON",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":1}/**/] # strict JSON",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":1,\"x_\":1}] # has to be understood",
                "[{\"bn\":\"@\",\"bver\":11,\"n\":\"a\",\"v\":1}] # version",
                "[{\"bn\":\"@\",\"bver\":0,\"n\":\"a\",\"v\":1}] # version",
                "[{\"bn\":\"@\",\"bver\":9.5,\"n\":\"a\",\"v\":1}] # version",
                "[{\"bn\":\"@\",\"n\":\"\",\"v\":1}] # a property is",
                "[{\"bn\":\"@\",\"n\":\"1a\",\"v\":1}] # a property is",
                "[{\"bn\":\"@\",\"n\":\"a/b\",\"v\":1}] # a property is",
                "[{\"bn\":\"@\",\"n\":\"a b\",\"v\":1}] # a property is",
                "[{\"bn\":\"@\",\"n\":\"é\",\"v\":1}] # a property is",
                "[{\"n\":\"a\",\"v\":1}] # not of the thing",
                "[{\"bn\":\"did:key:z6Mk\",\"n\":\"a\",\"v\":1}] # not of the thing",
                "[{\"bn\":\"@\",\"n\":\"a\",\"v\":1},{\"bn\":\"x\",\"n\":\"a\",\"v\":1}] # not of"
                        + " the thing",
                "[{\"bn\":\"@\",\"n\":\"a\",\"u\":\"furlong\",\"v\":1}] # SenML registry",
                "[{\"bn\":\"@\",\"bu\":\"furlong\",\"n\":\"a\",\"v\":1}] # SenML registry",
                "[{\"bn\":\"@\",\"n\":\"a\",\"t\":1e300,\"v\":1}] # out of range",
                "[{\"bn\":\"@\",\"n\":\"a\",\"t\":-1e12,\"v\":1}] # out of range"
            })
    void jsonIsRefusedForWhatIsWrong(String json, String complaints) {
        assertRefused(Form.JWS_SENML_JSON, utf8(json), complaints);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "`` # well-formed",
                "<sensml xmlns='urn:ietf:params:xml:ns:senml'/> # empty",
                "<sensml/> # not a sensml element",
                "<senml xmlns='urn:ietf:params:xml:ns:senml' bn='@' n='a' v='1'/> # not a sensml"
                        + " element",
                "<sensml xmlns='urn:ietf:params:xml:ns:senml'><x/></sensml> # not a sensml element",
                "<S><senml bn='@' n='a' v='1'><senml n='b' v='1'/></senml></sensml> # not a sensml"
                        + " element",
                "<S><senml bn='@' n='a' v='1'/> # well-formed",
                "<S><senml bn='@' n='a' v='1'/></sensml><S/> # well-formed",
                "<S><senml bn='@' n='a' v='1' v='1'/></sensml> # well-formed",
                "<S>1<senml bn='@' n='a' v='1'/></sensml> # text stands",
                "<S><senml bn='@' n='a' v='1'>1</senml></sensml> # text stands",
                "<S><?php 1?><senml bn='@' n='a' v='1'/></sensml> # not taken",
                "<S><senml bn='@' n='a' v='1' x_='1'/></sensml> # has to be understood",
                "<S><senml bn='@' n='a' v='INF'/></sensml> # v is not a decimal",
                "<S><senml bn='@' n='a' v='NaN'/></sensml> # v is not a decimal",
                "<S><senml bn='@' n='a' v='1d'/></sensml> # v is not a decimal",
                "<S><senml bn='@' n='a' v=' 1'/></sensml> # v is not a decimal",
                "<S><senml bn='@' n='a' v=''/></sensml> # v is not a decimal",
                "<S><senml bn='@' n='a' v='0x1p3'/></sensml> # v is not a decimal",
                "<S><senml bn='@' n='a' v='1e999'/></sensml> # v is not a finite",
                "<S><senml bn='@' n='a' vb='yes'/></sensml> # xsd:boolean",
                "<S><senml bn='@' n='a' vd='aGkgCg=='/></sensml> # vd is not base64url",
                "<S><senml bn='@' n='a' vs='&x;'/></sensml> # well-formed",
                "<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><S><senml bn='@' n='a'"
                        + " vs='&x;'/></sensml> # not taken",
                "<?xml version='1.0' encoding='UTF-16'?><S><senml bn='@' n='a' v='1'/></sensml> #"
                        + " not UTF-8"
            })
    void xmlIsRefusedForWhatIsWrong(String xml, String complaints) {
        var whole = xml.replace("<S", "<sensml xmlns='urn:ietf:params:xml:ns:senml'");
        assertRefused(Form.JWS_SENML_XML, utf8(whole), complaints);
    }

    /// In every case `B` stands for the base name field.
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "`` # too early",
                "80 # empty",
                "a0 # expected an array",
                "81 # ends before|too early",
                "9bffffffffffffffff # ends before",
                "9a7fffffff # ends before",
                "81a1B # empty",
                "81a0 # neither a value",
                "81a3B0061610201 00 # follow",
                "9fa3B0061610201ff # indefinite",
                "81bfB0061610201ff # indefinite",
                "81a3B007f6161ff0201 # indefinite",
                "81a4B0061610201 0201 # twice",
                "81a3B0061610261 # expected a number|too early",
                "81a3B0061610261 31 # expected a number",
                "81a3B00616102f97e00 # finite",
                "81a3B00616102f97c00 # finite",
                "81a3B00616102f6 # expected a number",
                "81a3B00616102f4 # expected a number",
                "81a3B00616102c24101 # decimal fraction",
                "81a3B00616102c4820001ff # follow",
                "81a3B00616102c482 1901f5 01 # exponent",
                "81a3B006161021bffffffffffffffff # too large",
                "81a3B00616104 01 # true or false",
                "81a3B00616104 f6 # true or false",
                "81a3B00616108 6161 # expected a byte string",
                "81a3B00616103 4161 # expected a text string",
                "81a3B00616103 61ff # UTF-8",
                "81a3B00616103 62c080 # UTF-8",
                "81a4B0061610201 09 01 # no field 9",
                "81a4B0061610201 1b0000000100000002 01 # no field",
                "81a4B0061610201 616e 6161 # not written by its number",
                "81a4B0061610201 62785f 01 # has to be understood",
                "81a4B0061610201 6178 818181818181818181818181818181818181818101 # nested",
                "81a4B0061610201 6178 1c # indefinite"
            })
    void cborIsRefusedForWhatIsWrong(String hex, String complaints) {
        var baseName = "21" + "7839" + Bytes.utf8(THING + "/").toHex();
        var whole = Bytes.hex(hex.replace(" ", "").replace("B", baseName)).toArray();
        assertRefused(Form.COSE_SENML_CBOR, whole, complaints);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "efbbbf5b5d", // a byte order mark
                "fffe5b005d00", // UTF-16
                "5b225c7522ff5d",
                "c0af"
            })
    void whatIsNotUtf8IsRefused(String hex) {
        assertRefused(Form.JWS_SENML_JSON, Bytes.hex(hex).toArray(), "UTF-8|strict JSON");
        assertRefused(Form.JWS_SENML_XML, Bytes.hex(hex).toArray(), "UTF-8|well-formed");
    }

    @Test
    void unknownFieldsArePassedOver() throws Malformed {
        var expected = List.of(new Reading("a", NOW, new Value.Quantity(1), ""));
        assertThat(
                        parse(
                                Form.JWS_SENML_JSON,
                                utf8("[{\"bn\":\"@\",\"n\":\"a\",\"v\":1,\"l\":[{}],\"ut\":9}]")))
                .isEqualTo(expected);
        assertThat(
                        parse(
                                Form.JWS_SENML_XML,
                                utf8(
                                        "<sensml xmlns='urn:ietf:params:xml:ns:senml'><!--"
                                                + " --><senml bn='@' n='a' v='1' l=''"
                                                + " xml:lang='en'/></sensml>")))
                .isEqualTo(expected);
        var baseName = "217839" + Bytes.utf8(THING + "/").toHex();
        var cbor = Bytes.hex("81a4" + baseName + "0061610201616c82c1f6a16161fb3ff0000000000000");
        assertThat(parse(Form.COSE_SENML_CBOR, cbor.toArray())).isEqualTo(expected);
    }

    @Test
    void aPackHasAtMost4096Records() {
        var record = ",{\"n\":\"a\",\"v\":1}";
        var first = "[{\"bn\":\"@\",\"n\":\"a\",\"v\":1}";
        assertThatCode(() -> parse(Form.JWS_SENML_JSON, utf8(first + record.repeat(4095) + "]")))
                .doesNotThrowAnyException();
        assertRefused(
                Form.JWS_SENML_JSON, utf8(first + record.repeat(4096) + "]"), "more than 4096");
    }

    @Test
    void timesBelowTwoToThe28AreRelative() throws Malformed {
        var readings =
                parse(
                        Form.JWS_SENML_JSON,
                        utf8(
                                "[{\"bn\":\"@\",\"n\":\"a\",\"t\":268435455.5,\"v\":1},"
                                    + "{\"n\":\"a\",\"t\":268435456,\"v\":1},{\"n\":\"a\",\"t\":-0.25,\"v\":1}]"));
        assertThat(readings)
                .extracting(Reading::time)
                .containsExactly(
                        NOW.plusMillis(268435455500L),
                        Instant.ofEpochSecond(268435456),
                        NOW.minusMillis(250));
    }

    @Test
    void baseValuesAndSumsAreAdded() throws Malformed {
        var readings =
                parse(
                        Form.JWS_SENML_JSON,
                        utf8(
                                "[{\"bn\":\"@\",\"bv\":20,\"bs\":5,\"n\":\"a\",\"v\":0.5},"
                                        + "{\"n\":\"a\",\"s\":1},{\"n\":\"a\",\"vs\":\"x\"}]"));
        assertThat(readings)
                .extracting(Reading::value)
                .containsExactly(new Value.Quantity(20.5), new Value.Sum(6), new Value.Text("x"));
    }

    private static void assertRefused(Form form, byte[] payload, String complaints) {
        assertThatThrownBy(() -> parse(form, payload))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        e -> assertThat(e.refused().reason()).isEqualTo(Reason.MALFORMED_SENML))
                .message()
                .containsAnyOf(complaints.split("\\|"));
    }

    private static List<Reading> parse(Form form, byte[] payload) throws Malformed {
        return Senml.parse(form, payload, THING, NOW);
    }

    private static byte[] utf8(String text) {
        return text.replace("@", THING + "/").getBytes(StandardCharsets.UTF_8);
    }
}
