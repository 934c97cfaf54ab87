// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance.fuzz;

import org.carnet.Bytes;
import org.carnet.envelope.CoseReceipt;
import org.carnet.envelope.Form;
import org.carnet.envelope.GatewayProof;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Senml;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.identity.Algorithm;
import org.carnet.identity.KeyFile;
import org.carnet.identity.SigningKey;
import org.carnet.log.AddCheckpoint;
import org.carnet.log.Checkpoint;
import org.carnet.log.EntryBundle;
import org.carnet.log.InclusionProof;
import org.carnet.log.LogVerifier;
import org.carnet.log.MerkleHash;
import org.carnet.log.NoteSigner;
import org.carnet.log.SignedNote;
import org.carnet.log.TlogProof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What is fuzzed, and the good examples it starts from.
enum Target {
    ENVELOPE(EnvelopeFuzz.class, Target::packs),
    SENML(SenmlFuzz.class, Target::senml),
    GATEWAY_PROOF(GatewayProofFuzz.class, Target::proofs),
    KEYS(KeysFuzz.class, Target::keys),
    LOG(LogFuzz.class, Target::log),
    SETTINGS(SettingsFuzz.class, Target::settings);

    private static final Instant NOW = GatewayProofFuzz.NOW;
    private static final SigningKey ED25519 = SenmlFuzz.KEY;
    private static final SigningKey P256 =
            SigningKey.of(Algorithm.P256, Bytes.hex("66".repeat(32)));

    private final Class<?> type;
    private final Supplier<List<Bytes>> seeds;

    Target(Class<?> type, Supplier<List<Bytes>> seeds) {
        this.type = type;
        this.seeds = seeds;
    }

    Class<?> type() {
        return type;
    }

    List<Bytes> seeds() {
        return seeds.get();
    }

    private static List<Reading> readings() {
        return List.of(
                new Reading("acceleration-x", NOW, new Value.Quantity(-9.80665), "m/s2"),
                new Reading("activity", NOW.plusMillis(10), new Value.Text("é"), ""),
                new Reading("worn", NOW, new Value.Flag(true), ""),
                new Reading("energy", NOW, new Value.Sum(3), "J"),
                new Reading("blob", NOW, new Value.Data(Bytes.hex("00ff")), ""));
    }

    private static List<Bytes> packs() {
        var packs = new ArrayList<Bytes>();
        for (var form : Form.values())
            for (var key : List.of(ED25519, P256))
                for (var thing : List.of(ED25519.did(), P256.did()))
                    packs.add(Signer.sign(key, form, thing, 7, NOW, readings()));
        return packs;
    }

    private static List<Bytes> senml() {
        var seeds = new ArrayList<Bytes>();
        for (var form : Form.values()) {
            var senml = Senml.write(form, ED25519.did(), readings());
            seeds.add(Bytes.hex("0" + form.ordinal() + senml.toHex()));
        }
        return seeds;
    }

    private static List<Bytes> proofs() {
        var claims =
                "{\"iss\":\"%s\",\"aud\":\"%s\",\"iat\":1795169730,\"exp\":1795169731,\"jti\":\"a\"}"
                        .formatted(ED25519.did(), GatewayProofFuzz.NODE);
        var proof = GatewayProof.create(P256, GatewayProofFuzz.NODE, NOW, "n-1");
        return List.of(Bytes.utf8(proof), Bytes.utf8(claims));
    }

    private static List<Bytes> keys() {
        var signer = new NoteSigner("example.com/log", ED25519);
        return Stream.of(
                        ED25519.did().value(),
                        P256.did().value(),
                        KeyFile.write(ED25519),
                        KeyFile.write(P256),
                        signer.verifier().vkey())
                .map(Bytes::utf8)
                .toList();
    }

    private static List<Bytes> log() {
        var root = MerkleHash.empty();
        var text = "example.com/log\n0\n" + root.toBase64() + "\n";
        var note = SignedNote.sign(text, new NoteSigner("example.com/log", ED25519));
        var witness = LogFuzz.WITNESS;
        var cosigned = note.with(witness.cosign(Checkpoint.parse(text), note, NOW));
        var keys = LogVerifier.of(witness.verifiers().getLast()).encode();
        var policy =
                "witness a %s\nwitness b %s\ngroup c any a b\nquorum c\n"
                        .formatted(
                                witness.verifiers().getFirst().vkey(),
                                witness.verifiers().getLast().vkey());
        var receipt =
                new CoseReceipt(
                        false,
                        "example.com/log+00000000",
                        new CoseReceipt.Included(new InclusionProof(3, 9, List.of(root, root))),
                        Bytes.hex("77".repeat(64)));
        var proof = new TlogProof(Optional.of(Bytes.utf8("x")), 3, List.of(root, root), note);
        var bundle = new EntryBundle(List.of(Bytes.utf8("one"), Bytes.utf8("two")));
        var record = "010301" + "0000019a9e8f9000" + "00".repeat(64);
        return List.of(
                note.encode(),
                proof.encode(),
                bundle.encode(),
                Bytes.utf8(text),
                cosigned.encode(),
                new AddCheckpoint(3, List.of(root), note).encode(),
                keys,
                Bytes.utf8(policy),
                receipt.encode(),
                Bytes.hex(record));
    }

    private static List<Bytes> settings() {
        return List.of(
                Bytes.utf8("name=agora\nhttp.port=0\ntls.port=off\nmqtt.port=off"),
                Bytes.utf8("updates.clock-skew=PT5M\ndatabase.url=embedded\npeers.a=http://h:1"));
    }
}
