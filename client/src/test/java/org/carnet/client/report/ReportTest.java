// SPDX-License-Identifier: Apache-2.0
package org.carnet.client.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.log.Assurance;
import org.carnet.log.Checkpoint;
import org.carnet.log.CompactTree;
import org.carnet.log.Hash;
import org.carnet.log.LogVerifier;
import org.carnet.log.MerkleHash;
import org.carnet.log.NoteSigner;
import org.carnet.log.NoteVerifier;
import org.carnet.log.Pseudonym;
import org.carnet.log.Record;
import org.carnet.log.SignedNote;
import org.carnet.log.TlogPolicy;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A report holds as it was signed, and not after any change.
final class ReportTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final SigningKey NODE = key(1);
    private static final SigningKey THING = key(2);
    private static final NoteSigner LOG = new NoteSigner("carnet.local/test", key(3));
    private static final NoteSigner OTHER = new NoteSigner("carnet.local/test", key(4));
    private static final ReportCheck PLAIN = ReportCheck.plain();

    private static SigningKey key(int seed) {
        var secret = new byte[32];
        secret[0] = (byte) seed;
        return SigningKey.of(Algorithm.ED25519, Bytes.unsafe(secret));
    }

    private static Bytes update() {
        var reading = new Reading("speed", NOON, new Value.Quantity(1.5), "m/s");
        return Signer.sign(THING, Form.JWS_SENML_JSON, THING.did(), 7, NOON, List.of(reading));
    }

    private static Bytes leaf(Record.Kind kind, Instant time, Bytes sealed) {
        var somebody = new Pseudonym(ReportLine.sha256(Bytes.utf8("thing")).bytes().slice(0, 16));
        return new Record(
                        kind,
                        Assurance.THING,
                        time,
                        somebody,
                        Pseudonym.NOBODY,
                        ReportLine.sha256(sealed))
                .encode();
    }

    /// Three records: an update, what it moved, and one that was erased.
    private static Report report(boolean withDetails, Instant until) {
        var leaves =
                List.of(
                        leaf(Record.Kind.RECEIVED, NOON, Bytes.utf8("sealed update")),
                        leaf(Record.Kind.APPLIED, NOON.plusMillis(1), Bytes.utf8("sealed act")),
                        leaf(Record.Kind.RECEIVED, NOON.plusMillis(2), Bytes.utf8("sealed")));
        var hashes = leaves.stream().map(MerkleHash::leaf).toList();
        var tree = new CompactTree();
        hashes.forEach(tree::append);
        var note =
                SignedNote.sign(new Checkpoint(LOG.verifier().name(), 3, tree.root()).text(), LOG);
        var shared = new ArrayList<Hash>(hashes);
        shared.add(MerkleHash.node(hashes.get(0), hashes.get(1)));
        var thing = Optional.of(THING.did().value());
        var act = Optional.of(Bytes.utf8("{\"mapping\":\"m\",\"back\":1}"));
        var lines =
                List.of(
                        ReportLine.of(
                                0,
                                leaves.get(0),
                                thing,
                                Optional.empty(),
                                Optional.of(update()),
                                withDetails,
                                List.of(1, 2)),
                        ReportLine.of(
                                1,
                                leaves.get(1),
                                thing,
                                Optional.empty(),
                                act,
                                withDetails,
                                List.of(0, 2)),
                        ReportLine.of(
                                2,
                                leaves.get(2),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                withDetails,
                                List.of(3)));
        var head =
                new ReportHead(
                        NODE.did(),
                        LogVerifier.of(LOG.verifier()),
                        NOON.plusSeconds(60),
                        NOON,
                        until,
                        Optional.of("alice"),
                        Optional.empty(),
                        0,
                        3,
                        true,
                        1,
                        note,
                        shared);
        return new Report(head, lines);
    }

    private static Report report() {
        return report(true, NOON.plusSeconds(1));
    }

    private static String why(ReportCheck check, String jws) {
        var verdict = check.check(jws);
        assertThat(verdict).isInstanceOf(ReportVerdict.Refused.class);
        return ((ReportVerdict.Refused) verdict).why();
    }

    /// The JWS with another payload under the old signature, as somebody without the key would make it.
    private static String altered(String jws, String payload) {
        var parts = jws.split("\\.");
        return parts[0] + "." + Bytes.utf8(payload).toBase64Url() + "." + parts[2];
    }

    @Test
    void itVerifiesWithNothingButItself() {
        for (boolean withDetails : new boolean[] {true, false}) {
            var jws = report(withDetails, NOON.plusSeconds(1)).sign(NODE);
            var verdict = PLAIN.check(jws);
            assertThat(verdict).as("%s", verdict).isInstanceOf(ReportVerdict.Verified.class);
            var read = ((ReportVerdict.Verified) verdict).report();
            assertThat(read.payload())
                    .isEqualTo(report(withDetails, NOON.plusSeconds(1)).payload());
            assertThat(read.lines().getFirst().details().isPresent()).isEqualTo(withDetails);
            assertThat(
                            read.lines()
                                    .getFirst()
                                    .json()
                                    .path("signature")
                                    .path("verified")
                                    .asBoolean())
                    .isTrue();
            assertThat(read.lines().getLast().json().path("erased").asBoolean()).isTrue();
        }
    }

    @Test
    void aReportWithoutDetailsTellsTheirFingerprintsOnly() {
        var payload = report(false, NOON.plusSeconds(1)).payload();
        assertThat(payload)
                .contains(ReportLine.sha256(update()).toBase64())
                .doesNotContain(update().toBase64())
                .doesNotContain("mapping");
    }

    @Test
    void anyChangedByteOfTheTextIsRefused() {
        var jws = report().sign(NODE);
        var bytes = jws.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < bytes.length; at++) {
            var changed = bytes.clone();
            changed[at] ^= 1;
            assertThat(PLAIN.check(new String(changed, StandardCharsets.ISO_8859_1)))
                    .as("byte %d", at)
                    .isInstanceOf(ReportVerdict.Refused.class);
        }
    }

    @Test
    void anyChangedCharacterOfALineIsNamedByItsLine() {
        var jws = report().sign(NODE);
        var lines = report().payload().split("\n", -1);
        for (int line = 2; line < 5; line++) {
            // The comma behind a line belongs to the next one as well.
            int length = lines[line].length() - 1;
            for (int at = 0; at < length; at++) {
                var changed = lines.clone();
                var text = new StringBuilder(lines[line]);
                text.setCharAt(at, (char) (text.charAt(at) ^ 1));
                changed[line] = text.toString();
                assertThat(why(PLAIN, altered(jws, String.join("\n", changed))))
                        .as("%s", text)
                        .startsWith("line " + (line - 1));
            }
        }
    }

    @Test
    void aForgerWhoMakesTheLinesFitIsFoundByTheProofOrTheSignature() {
        var honest = report();
        var jws = honest.sign(NODE);
        var renamed =
                ReportLine.of(
                        0,
                        honest.lines().getFirst().leaf(),
                        Optional.of("mallory"),
                        Optional.empty(),
                        Optional.of(update()),
                        true,
                        List.of(1, 2));
        var lines = new ArrayList<>(honest.lines());
        lines.set(0, renamed);
        assertThat(why(PLAIN, altered(jws, new Report(honest.head(), lines).payload())))
                .startsWith("the signature is not of these bytes by did:key:");
        var invented = leaf(Record.Kind.READ, NOON, Bytes.utf8("invented"));
        lines.set(
                0,
                ReportLine.of(
                        0,
                        invented,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        List.of(1, 2)));
        assertThat(why(PLAIN, new Report(honest.head(), lines).sign(NODE)))
                .isEqualTo("line 1, record 0: the checkpoint does not cover it");
    }

    @Test
    void linesOutOfOrderOrOfAnotherTimeAreRefused() {
        var honest = report();
        assertThat(why(PLAIN, new Report(honest.head(), honest.lines().reversed()).sign(NODE)))
                .isEqualTo("line 2, record 1: it is out of order");
        assertThat(why(PLAIN, report(true, NOON.plusMillis(1)).sign(NODE)))
                .isEqualTo("line 2, record 1: it is of another time");
    }

    @Test
    void keysKnownFromElsewhereMustBeTheReports() {
        var jws = report().sign(NODE);
        assertThat(
                        new ReportCheck(
                                        List.of(LOG.verifier()),
                                        Optional.empty(),
                                        Optional.of(NODE.did()))
                                .check(jws))
                .isInstanceOf(ReportVerdict.Verified.class);
        NoteVerifier other = OTHER.verifier();
        assertThat(why(new ReportCheck(List.of(other), Optional.empty(), Optional.empty()), jws))
                .startsWith("the head: the log does not have the key");
        assertThat(why(new ReportCheck(List.of(), Optional.empty(), Optional.of(THING.did())), jws))
                .startsWith("it is of " + NODE.did());
    }

    @Test
    void aPolicyThatTheCheckpointDoesNotFulfilIsSaid() {
        var jws = report().sign(NODE);
        var log = "log " + LOG.verifier().vkey() + "\n";
        var alone = TlogPolicy.parse(Bytes.utf8(log + "quorum none\n"));
        assertThat(new ReportCheck(List.of(), Optional.of(alone), Optional.empty()).check(jws))
                .isInstanceOf(ReportVerdict.Verified.class);
        var other =
                TlogPolicy.parse(Bytes.utf8("log " + OTHER.verifier().vkey() + "\nquorum none\n"));
        assertThat(why(new ReportCheck(List.of(), Optional.of(other), Optional.empty()), jws))
                .isEqualTo("the head: no log of the policy signed it");
    }
}
