// SPDX-License-Identifier: Apache-2.0
package org.carnet.client.report;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;
import org.carnet.identity.VerificationKey;
import org.carnet.log.Checkpoint;
import org.carnet.log.Hash;
import org.carnet.log.InclusionProof;
import org.carnet.log.MerkleHash;
import org.carnet.log.NoteVerifier;
import org.carnet.log.Record;
import org.carnet.log.TlogPolicy;
import org.carnet.log.Unverified;
import org.carnet.log.VerifiedCheckpoint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks a report offline, with nothing but the report and what is known from elsewhere.
///
/// Every line is checked before the signature of the whole is, so that a changed byte is named by its line.
///
/// @param keys keys that the log must have; without any, those that the report names are believed
/// @param policy what the checkpoint must fulfil, by its log and its witnesses
/// @param signer who must have signed the report; without one, whom the report names is believed
public record ReportCheck(
        List<NoteVerifier> keys, Optional<TlogPolicy> policy, Optional<DidKey> signer) {
    public ReportCheck {
        keys = List.copyOf(keys);
    }

    /// Believes what the report says of its log and of its node.
    public static ReportCheck plain() {
        return new ReportCheck(List.of(), Optional.empty(), Optional.empty());
    }

    public ReportVerdict check(String jws) {
        try {
            return checked(jws);
        } catch (Malformed malformed) {
            return new ReportVerdict.Refused(String.valueOf(malformed.getMessage()));
        }
    }

    private ReportVerdict checked(String jws) throws Malformed {
        if (jws.lastIndexOf('.') > Report.MOST_BYTES)
            throw new Malformed("it is longer than any report");
        var parts = List.of(jws.split("\\.", -1));
        if (parts.size() != 3) throw new Malformed("it is not a compact JWS");
        var payload = decoded(parts.get(1), "payload").toUtf8();
        var report = Report.parse(payload);
        var head = report.head();
        var checkpoint = checkpoint(head);
        long before = head.first() - 1;
        for (int i = 0; i < report.lines().size(); i++) {
            var line = report.lines().get(i);
            var place = "line " + (i + 1) + ", record " + line.index();
            try {
                if (line.index() <= before) throw new Malformed("it is out of order");
                requireProven(line, head, checkpoint);
            } catch (Malformed malformed) {
                throw malformed.at(place);
            }
            before = line.index();
        }
        if (before >= head.next()) throw new Malformed("the head: it ends before its last line");
        if (!report.payload().equals(payload))
            throw new Malformed("it is not written as a report is");
        requireSigned(parts, head);
        return new ReportVerdict.Verified(report, cosigners(head));
    }

    private Checkpoint checkpoint(ReportHead head) throws Malformed {
        for (var key : keys) {
            if (!key.isCosigner() && !head.log().keys().contains(key)) {
                throw new Malformed("the head: the log does not have the key " + key);
            }
        }
        return switch (Checkpoint.verify(head.checkpoint().encode(), head.log())) {
            case Unverified unverified -> throw new Malformed("the head: " + unverified.reason());
            case VerifiedCheckpoint verified -> verified.checkpoint();
        };
    }

    private static void requireProven(ReportLine line, ReportHead head, Checkpoint checkpoint)
            throws Malformed {
        var time = Record.parse(line.leaf()).time();
        if (time.isBefore(head.from()) || !time.isBefore(head.until())) {
            throw new Malformed("it is of another time");
        }
        var path = new ArrayList<Hash>();
        for (int place : line.proof()) {
            if (place >= head.hashes().size()) throw new Malformed("its proof lacks a hash");
            path.add(head.hashes().get(place));
        }
        var proof = new InclusionProof(line.index(), checkpoint.size(), path);
        if (!proof.verifies(MerkleHash.leaf(line.leaf()), checkpoint.root())) {
            throw new Malformed("the checkpoint does not cover it");
        }
    }

    private void requireSigned(List<String> parts, ReportHead head) throws Malformed {
        var header = ReportJson.parse(decoded(parts.getFirst(), "header").toUtf8());
        var expected =
                ReportJson.MAPPER
                        .createObjectNode()
                        .put("alg", "EdDSA")
                        .put("kid", head.node().keyId())
                        .put("typ", Report.TYPE);
        if (!ReportJson.same(header, expected))
            throw new Malformed("its header is not that of a report");
        if (signer.isPresent() && !signer.get().equals(head.node())) {
            throw new Malformed("it is of " + head.node() + ", not of " + signer.get());
        }
        var signed = (parts.get(0) + "." + parts.get(1)).getBytes(StandardCharsets.US_ASCII);
        var signature = decoded(parts.get(2), "signature").toArray();
        if (!VerificationKey.of(head.node()).verify(signed, signature)) {
            throw new Malformed("the signature is not of these bytes by " + head.node());
        }
    }

    /// A cosigner that was asked for must have signed.
    private List<String> cosigners(ReportHead head) throws Malformed {
        var cosigners = keys.stream().filter(key -> !head.log().keys().contains(key)).toList();
        for (var key : cosigners) {
            if (!head.checkpoint().isSignedBy(key)) {
                throw new Malformed("the head: the checkpoint is not signed by " + key);
            }
        }
        var names = new ArrayList<>(cosigners.stream().map(NoteVerifier::name).toList());
        if (policy.isEmpty()) return names;
        switch (policy.get().judge(head.checkpoint())) {
            case TlogPolicy.NotWitnessed not -> throw new Malformed("the head: " + not.reason());
            case TlogPolicy.Witnessed witnessed ->
                    witnessed
                            .by()
                            .keySet()
                            .forEach(witness -> names.add(witness.verifier().name()));
        }
        return names;
    }

    private static Bytes decoded(String part, String name) throws Malformed {
        try {
            return Bytes.base64Url(part);
        } catch (IllegalArgumentException malformed) {
            throw new Malformed("its " + name + " is not base64url");
        }
    }
}
