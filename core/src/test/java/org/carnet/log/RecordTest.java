// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

class RecordTest {
    /// The bytes of docs/wire/record.md.
    private static final String LEAF =
            "01"
                    + "03"
                    + "01"
                    + "0000019a9e8f9000"
                    + "000102030405060708090a0b0c0d0e0f"
                    + "101112131415161718191a1b1c1d1e1f"
                    + "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f";

    static final Record RECORD =
            new Record(
                    Record.Kind.RECEIVED,
                    Assurance.THING,
                    Instant.parse("2025-11-20T00:00:00Z"),
                    new Pseudonym(Bytes.hex("000102030405060708090a0b0c0d0e0f")),
                    new Pseudonym(Bytes.hex("101112131415161718191a1b1c1d1e1f")),
                    new Hash(
                            Bytes.hex(
                                    "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f")));

    @Test
    void aRecordIsItsBytes() {
        assertThat(RECORD.encode().toHex()).isEqualTo(LEAF);
        assertThat(Record.parse(Bytes.hex(LEAF))).isEqualTo(RECORD);
    }

    @Test
    void everyKindAndAssuranceComesBackFromItsCode() {
        for (var kind : Record.Kind.values()) {
            for (var assurance : Assurance.values()) {
                var record =
                        new Record(
                                kind,
                                assurance,
                                RECORD.time(),
                                Pseudonym.NOBODY,
                                Pseudonym.NOBODY,
                                RECORD.sealed());
                assertThat(Record.parse(record.encode())).isEqualTo(record);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00, no record has the version 0",
        "0, 02, no record has the version 2",
        "1, 00, no kind of record has the code 0",
        "1, ff, no kind of record has the code -1",
        "2, 03, no assurance has the code 3",
        "3, 80, the time lies before 1970",
    })
    void whatNoRecordSaysIsRefused(int at, String value, String why) {
        var changed = Bytes.hex(LEAF).toArray();
        changed[at] = Bytes.hex(value).at(0);
        assertThatThrownBy(() -> Record.parse(Bytes.copyOf(changed))).hasMessage(why);
    }

    @Test
    void aRecordHas75BytesNeitherMoreNorFewer() {
        assertThatThrownBy(() -> Record.parse(Bytes.hex(LEAF + "00"))).hasMessageContaining("76");
        assertThatThrownBy(() -> Record.parse(Bytes.hex(LEAF).slice(0, 74)))
                .hasMessageContaining("74");
    }
}
