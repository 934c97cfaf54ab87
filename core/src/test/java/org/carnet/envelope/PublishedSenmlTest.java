// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// The examples of RFC 8428, read as packs of the device that they name.
class PublishedSenmlTest {
    private static final String DEVICE = "urn:dev:ow:10e2073a01080063:";
    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");

    /// Section 5.1.2, first example.
    @Test
    void severalDatapointsAreOfNow() throws Malformed {
        assertThat(
                        json(
                                """
                                [{"bn":"urn:dev:ow:10e2073a01080063:","n":"voltage","u":"V","v":120.1},
                                 {"n":"current","u":"A","v":1.2}]
                                """))
                .containsExactly(
                        new Reading("voltage", NOW, new Value.Quantity(120.1), "V"),
                        new Reading("current", NOW, new Value.Quantity(1.2), "A"));
    }

    /// Section 5.1.2, second example, in its three forms (sections 6 and 7).
    @Test
    void theSameSeriesIsReadFromAllForms() throws Malformed {
        var device = "urn:dev:ow:10e2073a0108006:";
        var json =
                """
                [{"bn":"urn:dev:ow:10e2073a0108006:","bt":1.276020076001e+09,
                  "bu":"A","bver":5,"n":"voltage","u":"V","v":120.1},
                 {"n":"current","t":-5,"v":1.2},
                 {"n":"current","t":-4,"v":1.3},
                 {"n":"current","t":-3,"v":1.4},
                 {"n":"current","t":-2,"v":1.5},
                 {"n":"current","t":-1,"v":1.6},
                 {"n":"current","v":1.7}]
                """;
        var xml =
                """
                <sensml xmlns="urn:ietf:params:xml:ns:senml">
                  <senml bn="urn:dev:ow:10e2073a0108006:" bt="1.276020076001e+09"
                  bu="A" bver="5" n="voltage" u="V" v="120.1"></senml>
                  <senml n="current" t="-5" v="1.2"></senml>
                  <senml n="current" t="-4" v="1.3"></senml>
                  <senml n="current" t="-3" v="1.4"></senml>
                  <senml n="current" t="-2" v="1.5"></senml>
                  <senml n="current" t="-1" v="1.6"></senml>
                  <senml n="current" v="1.7"></senml>
                </sensml>
                """;
        var cbor =
                "87a721781b75726e3a6465763a6f773a3130653230373361303130383030363a"
                        + "22fb41d303a15b00106223614120050067766f6c7461676501615602fb405e06"
                        + "6666666666a3006763757272656e74062402fb3ff3333333333333a300676375"
                        + "7272656e74062302fb3ff4cccccccccccda3006763757272656e74062202fb3f"
                        + "f6666666666666a3006763757272656e74062102f93e00a3006763757272656e"
                        + "74062002fb3ff999999999999aa3006763757272656e74060002fb3ffb333333"
                        + "333333";
        var fromJson = parse(Form.JWS_SENML_JSON, json.getBytes(StandardCharsets.UTF_8), device);
        assertThat(fromJson).hasSize(7);
        assertThat(fromJson.get(1))
                .isEqualTo(
                        new Reading(
                                "current",
                                Instant.parse("2010-06-08T18:01:11.001Z"),
                                new Value.Quantity(1.2),
                                "A"));
        assertThat(parse(Form.JWS_SENML_XML, xml.getBytes(StandardCharsets.UTF_8), device))
                .isEqualTo(fromJson);
        assertThat(parse(Form.COSE_SENML_CBOR, Bytes.hex(cbor).toArray(), device))
                .isEqualTo(fromJson);
    }

    /// Section 5.1.3; its records have no name of their own, so the property is put into the base name.
    @Test
    void measurementsOfSeveralUnitsShareTimes() throws Malformed {
        var readings =
                json(
                        """
                        [{"bn":"urn:dev:ow:10e2073a01080063:x","bt":1.320067464e+09,"bu":"%RH","v":20},
                         {"u":"lon","v":24.30621},
                         {"u":"lat","v":60.07965},
                         {"t":60,"v":20.3},
                         {"u":"lon","t":60,"v":24.30622},
                         {"u":"lat","t":60,"v":60.07965},
                         {"t":120,"v":20.7},
                         {"u":"lon","t":120,"v":24.30623},
                         {"u":"lat","t":120,"v":60.07966},
                         {"u":"%EL","t":150,"v":98},
                         {"t":180,"v":21.2},
                         {"u":"lon","t":180,"v":24.30628},
                         {"u":"lat","t":180,"v":60.07967}]
                        """);
        assertThat(readings).hasSize(13);
        // Section 5.1.4 gives the resolved times: 1320067464 and 150 seconds later.
        assertThat(readings.get(9))
                .isEqualTo(
                        new Reading(
                                "x",
                                Instant.ofEpochSecond(1320067614),
                                new Value.Quantity(98),
                                "%EL"));
    }

    /// Section 5.1.5.
    @Test
    void dataTypesAreKept() throws Malformed {
        assertThat(
                        json(
                                """
                                [{"bn":"urn:dev:ow:10e2073a01080063:","n":"temp","u":"Cel","v":23.1},
                                 {"n":"label","vs":"Machine Room"},
                                 {"n":"open","vb":false},
                                 {"n":"nfc-reader","vd":"aGkgCg"}]
                                """))
                .extracting(Reading::value)
                .containsExactly(
                        new Value.Quantity(23.1),
                        new Value.Text("Machine Room"),
                        new Value.Flag(false),
                        new Value.Data(Bytes.utf8("hi \n")));
    }

    /// Section 5.1.6: one pack of several devices is not an update of any of them.
    @Test
    void aCollectionOfDevicesIsRefused() {
        assertThatThrownBy(
                        () ->
                                parse(
                                        Form.JWS_SENML_JSON,
                                        """
                                        [{"bn":"2001:db8::2/","bt":1.320078429e+09,
                                          "n":"temperature","u":"Cel","v":25.2},
                                         {"n":"humidity","u":"%RH","v":30},
                                         {"bn":"2001:db8::1/","n":"temperature","u":"Cel","v":12.3},
                                         {"n":"humidity","u":"%RH","v":67}]
                                        """
                                                .getBytes(StandardCharsets.UTF_8),
                                        "2001:db8::2/"))
                .hasMessageContaining("2001:db8::1/temperature");
    }

    /// Section 5.1.7: a record may hold base fields only.
    @Test
    void anActuatorIsSet() throws Malformed {
        assertThat(
                        json(
                                """
                                [{"bn":"urn:dev:ow:10e2073a01080063:"},
                                 {"n":"temp","u":"Cel","v":23.1},
                                 {"n":"heat","u":"/","v":1},
                                 {"n":"fan","u":"/","v":0}]
                                """))
                .extracting(Reading::property)
                .containsExactly("temp", "heat", "fan");
    }

    private static List<Reading> json(String json) throws Malformed {
        return parse(Form.JWS_SENML_JSON, json.getBytes(StandardCharsets.UTF_8), DEVICE);
    }

    private static List<Reading> parse(Form form, byte[] payload, String prefix) throws Malformed {
        var records = new RecordReader(prefix, NOW);
        Senml.parse(form, payload, records);
        return records.end();
    }
}
