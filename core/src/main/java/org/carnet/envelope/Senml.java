// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;

import java.time.Instant;
import java.util.List;

/// SenML packs (RFC 8428) of one thing, in their three forms (docs/wire/senml.md).
public final class Senml {
    private Senml() {}

    /// The readings as SenML, without a signature.
    ///
    /// @throws IllegalArgumentException if there are no readings, or one is older than relative times allow (1978-07-04)
    public static Bytes write(Form form, DidKey thing, List<Reading> readings) {
        if (readings.isEmpty())
            throw new IllegalArgumentException("a pack has at least one reading");
        return Bytes.unsafe(
                switch (form) {
                    case JWS_SENML_JSON -> SenmlJson.write(thing, readings);
                    case JWS_SENML_XML -> SenmlXml.write(thing, readings);
                    case COSE_SENML_CBOR -> SenmlCbor.write(thing, readings);
                });
    }

    static List<Reading> parse(Form form, byte[] payload, DidKey thing, Instant signedAt)
            throws Malformed {
        var records = new RecordReader(thing + "/", signedAt);
        parse(form, payload, records);
        return records.end();
    }

    static void parse(Form form, byte[] payload, RecordReader records) throws Malformed {
        switch (form) {
            case JWS_SENML_JSON -> SenmlJson.parse(payload, records);
            case JWS_SENML_XML -> SenmlXml.parse(payload, records);
            case COSE_SENML_CBOR -> SenmlCbor.parse(payload, records);
        }
    }

    /// The time of the first reading, from which the writers count.
    static Instant baseTime(List<Reading> readings) {
        for (var reading : readings) {
            if (reading.time().getEpochSecond() < RecordReader.ABSOLUTE)
                throw new IllegalArgumentException(
                        "a reading of " + reading.time() + " is too old");
        }
        return readings.getFirst().time();
    }
}
