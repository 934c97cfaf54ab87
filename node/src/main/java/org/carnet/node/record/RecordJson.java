// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.record;

import org.carnet.Bytes;
import org.carnet.envelope.SignedPack;
import org.carnet.log.Record;
import org.carnet.node.points.RecordReads.Stored;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Locale;

/// Records as JSON, with what they say where the node still holds the key.
final class RecordJson {
    private RecordJson() {}

    static ObjectNode of(Stored stored) {
        var record = stored.record();
        var json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("index", stored.index())
                        .put("kind", record.kind().name().toLowerCase(Locale.ROOT))
                        .put("assurance", record.assurance().name().toLowerCase(Locale.ROOT))
                        .put("time", record.time().toString())
                        .put("actor", record.actor().toHex())
                        .put("about", record.about().toHex())
                        .put("leaf", record.encode().toBase64());
        stored.details().ifPresent(details -> describe(json, record, details));
        return json;
    }

    private static void describe(ObjectNode json, Record record, Bytes details) {
        if (record.kind() != Record.Kind.RECEIVED) {
            json.set("details", JsonMapper.shared().readTree(details.unsafeArray()));
            return;
        }
        var described = json.putObject("details");
        if (SignedPack.decode(details) instanceof SignedPack pack) {
            described
                    .put("thing", pack.thing().value())
                    .put("signer", pack.signer().value())
                    .put("sequence", pack.sequence())
                    .put("signedAt", pack.signedAt().toString())
                    .put("form", pack.form().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        described.put("envelope", details.toBase64());
    }
}
