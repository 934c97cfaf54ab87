// SPDX-License-Identifier: Apache-2.0
package org.carnet.client.report;

import org.carnet.Bytes;
import org.carnet.identity.SigningKey;
import org.carnet.log.Hash;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// All that happened to somebody's data in some time, as a node tells it.
///
/// It travels as a compact JWS (RFC 7515, EdDSA) whose payload is JSON in lines, so that what is wrong with it can be named by
/// the line:
///
/// ```text
/// {"head":{…},
/// "lines":[
/// {"index":12,…},
/// {"index":17,…}
/// ]}
/// ```
public record Report(ReportHead head, List<ReportLine> lines) {
    /// The longest report: some providers of Ed25519 sign no more than this at once.
    public static final int MOST_BYTES = 1 << 20;

    static final String BEFORE_HEAD = "{\"head\":";
    static final String BEFORE_LINES = "\"lines\":[";
    static final String END = "]}";
    static final String TYPE = "report+jws";

    public Report {
        lines = List.copyOf(lines);
    }

    /// The report, signed; the key must be that of the node in its head.
    ///
    /// @throws IllegalArgumentException if it is longer than [#MOST_BYTES]
    public String sign(SigningKey key) {
        if (!key.did().equals(head.node())) {
            throw new IllegalArgumentException("a report is signed by the node that makes it");
        }
        var header =
                ReportJson.MAPPER
                        .createObjectNode()
                        .put("alg", "EdDSA")
                        .put("kid", key.did().keyId())
                        .put("typ", TYPE);
        var signed =
                Bytes.utf8(ReportJson.MAPPER.writeValueAsString(header)).toBase64Url()
                        + "."
                        + Bytes.utf8(payload()).toBase64Url();
        if (signed.length() > MOST_BYTES) {
            throw new IllegalArgumentException("a report is longer than one signature covers");
        }
        var signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Bytes.unsafe(signature).toBase64Url();
    }

    /// The JSON that is signed.
    public String payload() {
        var text = new StringBuilder(BEFORE_HEAD);
        text.append(ReportJson.MAPPER.writeValueAsString(head.json())).append(",\n");
        text.append(BEFORE_LINES).append('\n');
        var separator = "";
        for (var line : lines) {
            text.append(separator).append(line.text());
            separator = ",\n";
        }
        return text.append('\n').append(END).append('\n').toString();
    }

    /// What the record of the node says of it: the SHA-256 of the payload.
    public Hash digest() {
        return ReportLine.sha256(Bytes.utf8(payload()));
    }

    /// Reads the payload back; believes nothing.
    static Report parse(String payload) throws Malformed {
        var texts = List.of(payload.split("\n", -1));
        int count = texts.size();
        if (count < 4
                || !texts.getFirst().startsWith(BEFORE_HEAD)
                || !texts.getFirst().endsWith(",")
                || !texts.get(1).equals(BEFORE_LINES)
                || !texts.get(count - 2).equals(END)
                || !texts.getLast().isEmpty()) {
            throw new Malformed("it is not a report in lines");
        }
        ReportHead head;
        try {
            var first = texts.getFirst();
            head =
                    ReportHead.parse(
                            ReportJson.parse(
                                    first.substring(BEFORE_HEAD.length(), first.length() - 1)));
        } catch (Malformed malformed) {
            throw malformed.at("the head");
        }
        return new Report(head, lines(texts.subList(2, count - 2)));
    }

    private static List<ReportLine> lines(List<String> texts) throws Malformed {
        var lines = new ArrayList<ReportLine>();
        if (texts.equals(List.of(""))) return lines;
        for (int i = 0; i < texts.size(); i++) {
            var text = texts.get(i);
            boolean last = i == texts.size() - 1;
            try {
                if (last == text.endsWith(","))
                    throw new Malformed("a comma is missing or too many");
                var object = last ? text : text.substring(0, text.length() - 1);
                lines.add(ReportLine.parse(ReportJson.parse(object)));
            } catch (Malformed malformed) {
                throw malformed.at("line " + (i + 1));
            }
        }
        return lines;
    }
}
