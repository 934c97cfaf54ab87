// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

class TlogPolicyTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final LogSigner log = LogKeys.log("example.com/log", 1);
    private final SignedNote note = log.sign(7, MerkleHash.leaf(Bytes.utf8("root")), NOON);
    private final Map<String, Cosigner> cosigners = new HashMap<>();

    TlogPolicyTest() {
        for (var name : List.of("X1", "X2", "X3", "Y1", "Y2", "Y3")) {
            cosigners.put(name, LogKeys.cosigner(name + ".example", cosigners.size() + 10));
        }
    }

    private String vkey(String name) {
        // One witness in two has the post-quantum kind of key.
        var keys = cosigners.get(name).verifiers();
        return (name.endsWith("2") ? keys.getLast() : keys.getFirst()).vkey();
    }

    /// The example of C2SP tlog-policy, with keys.
    private String published() {
        return """
        log LOG

        witness X1 <X1>
        witness X2 <X2>
        witness X3 <X3>
        group X-witnesses 2 X1 X2 X3

        witness Y1 <Y1>
        witness Y2 <Y2>
        witness Y3 <Y3>
        group Y-witnesses any Y1 Y2 Y3

        group X-and-Y all X-witnesses Y-witnesses
        quorum X-and-Y
        """;
    }

    private TlogPolicy policy(String text) {
        return TlogPolicy.parse(Bytes.utf8(filled(text)));
    }

    private String filled(String text) {
        var filled = text.replace("LOG", log.verifier().keys().getFirst().vkey());
        for (var name : cosigners.keySet()) filled = filled.replace("<" + name + ">", vkey(name));
        return filled;
    }

    private SignedNote cosigned(String... names) {
        var all = note;
        for (int i = 0; i < names.length; i++) {
            var made =
                    cosigners
                            .get(names[i])
                            .cosign(Checkpoint.parse(note.text()), note, NOON.plusSeconds(i));
            all = all.with(made);
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "X1, false",
        "X1 X2, false",
        "X1 Y1, false",
        "Y1 Y2 Y3, false",
        "X1 X2 Y1, true",
        "Y3 X3 X2, true",
        "X1 X2 X3 Y1 Y2 Y3, true",
        "X1 X1 Y1, false",
    })
    void thePublishedPolicyAsksForTwoOfThreeAndOneOfThree(String names, boolean counts) {
        var by = names.isEmpty() ? new String[0] : names.split(" ");
        assertThat(policy(published()).judge(cosigned(by)) instanceof TlogPolicy.Witnessed)
                .isEqualTo(counts);
    }

    @Test
    void aWitnessedCheckpointTellsByWhomAndSinceWhen() {
        var judged = policy(published()).judge(cosigned("X1", "Y2", "X3", "Y1"));
        assertThat(judged)
                .isInstanceOfSatisfying(
                        TlogPolicy.Witnessed.class,
                        witnessed -> {
                            assertThat(witnessed.since()).contains(NOON.plusSeconds(2));
                            assertThat(witnessed.by().keySet())
                                    .extracting(TlogPolicy.Witness::name)
                                    .containsExactly("X1", "X3", "Y1", "Y2");
                        });
    }

    @Test
    void whatIsNotWitnessedSaysWhy() {
        var policy = policy(published());
        assertThat(why(policy.judge(cosigned("X1"))))
                .isEqualTo("1 of 6 witnesses cosigned it, which is no quorum");
        var foreign = LogKeys.log("example.com/log", 2).sign(7, MerkleHash.empty(), NOON);
        assertThat(why(policy.judge(foreign))).isEqualTo("no log of the policy signed it");
        var text = SignedNote.sign("no checkpoint\n", LogKeys.signer("example.com/log", 1));
        assertThat(why(policy.judge(text))).startsWith("it is no checkpoint");
        var witness = cosigned("X1").signatures().getLast();
        assertThat(why(policy.judge(cosigned("X1", "X2", "Y1").with(List.of(spoilt("X3"))))))
                .endsWith("does not verify");
        assertThat(witness.name()).isEqualTo("X1.example");
    }

    private SignedNote.Signature spoilt(String name) {
        var made = cosigned(name).signatures().get(2);
        var content = made.content().toArray();
        content[9] ^= 1;
        return new SignedNote.Signature(made.name(), made.keyId(), Bytes.unsafe(content));
    }

    @Test
    void aLogOfAnotherOriginDoesNotCountUnderThisOnesKey() {
        var other = new Checkpoint("example.com/other", 7, MerkleHash.empty());
        var signed = SignedNote.sign(other.text(), LogKeys.signer("example.com/log", 1));
        assertThat(why(policy("log LOG\nquorum none\n").judge(signed)))
                .isEqualTo("no log of the policy signed it");
    }

    @Test
    void aPolicyWithoutWitnessesAsksForTheLogAlone() {
        assertThat(policy("log LOG\nquorum none\n").judge(note))
                .isEqualTo(new TlogPolicy.Witnessed(Map.of(), Optional.empty()));
        assertThat(policy("quorum none\n").verify(note))
                .isEqualTo(new Unverified("the policy names no log"));
        assertThat(policy("log LOG\nquorum none\n").verify(note))
                .isInstanceOf(VerifiedCheckpoint.class);
        assertThat(policy("log LOG\nwitness w <X1>\nquorum w\n").verify(note))
                .isInstanceOf(Unverified.class);
    }

    @Test
    void aCosignatureWithoutATimeDoesNotCount() {
        var checkpoint = Checkpoint.parse(note.text());
        var timeless = note.with(cosigners.get("X2").cosign(checkpoint, note, Instant.EPOCH));
        var policy = policy("log LOG\nwitness w <X2>\nquorum w\n");
        assertThat(policy.judge(timeless)).isInstanceOf(TlogPolicy.NotWitnessed.class);
        assertThat(policy.judge(cosigned("X2"))).isInstanceOf(TlogPolicy.Witnessed.class);
    }

    @Test
    void blanksCommentsAndForeignLettersAreWhereTheyMayBe() {
        var text =
                " \t \n# comment \u00e9\n  # another\n\tlog\t LOG   https://example.com/log \t\n"
                        + "witness \u00e9 <X1> https://b\u00fccher.example/\n  quorum \u00e9 \n#\n";
        var policy = policy(text);
        assertThat(policy.logs().getFirst().url()).contains("https://example.com/log");
        assertThat(policy.witnesses().getFirst().name()).isEqualTo("\u00e9");
        assertThat(policy.witnesses().getFirst().url()).contains("https://b\u00fccher.example/");
        assertThat(policy.quorum()).containsInstanceOf(TlogPolicy.Witness.class);
    }

    @Test
    void namesAreOctetsAndOnlyEqualOctetsAreOneName() {
        var kelvin = policy("witness K <X1>\nwitness \u212a <X2>\nquorum K\n");
        assertThat(kelvin.quorum()).contains(kelvin.witnesses().getFirst());
        var octets =
                filled("witness \u00ff <X1>\nquorum \u00ff\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(TlogPolicy.parse(Bytes.unsafe(octets)).witnesses()).hasSize(1);
    }

    @Test
    void thirtyTwoOfEverythingIsSupported() {
        var text = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            var witness = LogKeys.cosigner("w.example/" + i, i).verifiers().getLast().vkey();
            var key = LogKeys.signer("example.com/" + i, i).verifier().vkey();
            text.append("log ").append(key).append('\n');
            text.append("witness w").append(i).append(' ').append(witness).append('\n');
            text.append("group g%d 1 w%d%s\n".formatted(i, i, i > 0 ? " g" + (i - 1) : ""));
        }
        var policy = policy(text + "quorum g31\n");
        assertThat(policy.logs()).hasSize(32);
        assertThat(policy.witnesses()).hasSize(32);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | does not end",
                "quorum none | does not end",
                "log LOG~ | has no quorum",
                "quorum none~quorum none~ | line 2: a second quorum",
                "quorum~ | line 1: a quorum is",
                "quorum a b~ | line 1: a quorum is",
                "quorum w~witness w <X1>~ | line 1: 'w' is not defined before",
                "witness w <X1>~witness w <X3>~quorum w~ | line 2: 'w' is defined twice",
                "witness w <X1>~witness v <X1>~quorum w~ | line 2: the key of the witness",
                "log LOG~log LOG~quorum none~ | line 2: the key of the log",
                "log~quorum none~ | line 1: a log is",
                "log LOG url more~quorum none~ | line 1: a log is",
                "log nonsense~quorum none~ | line 1: a vkey has",
                "witness w LOG~quorum w~ | does not cosign",
                "witness none <X1>~quorum none~ | 'none' is predefined",
                "witness w <X1>~group none any w~quorum none~ | 'none' is predefined",
                "witness w <X1>~group g any none~quorum g~ | 'none' is not defined",
                "witness w <X1>~group g any~quorum g~ | a group is",
                "witness w <X1>~group g 0 w~quorum g~ | the threshold is not",
                "witness w <X1>~group g 01 w~quorum g~ | the threshold is not",
                "witness w <X1>~group g +1 w~quorum g~ | the threshold is not",
                "witness w <X1>~group g 2 w~quorum g~ | cannot ask for 2",
                "witness w <X1>~group g any w w~quorum g~ | 'w' is a member already",
                "witness w <X1>~group g any w~group h any w~quorum g~ | 'w' is a member already",
                "witness w <X1>~group w any w~quorum w~ | 'w' is defined twice",
                "group g any g~quorum g~ | 'g' is not defined before",
                "Quorum none~ | line 1: it begins with no known word",
                "quorum none^~ | line 1: a control character",
                "# comment %~quorum none~ | line 1: a control character",
            })
    void whatIsNotExactlyAPolicyIsRefusedAndTheLineIsNamed(String text, String why) {
        var policy = text.replace("~", "\n").replace("^", "\r").replace("%", "\u007f");
        assertThatThrownBy(() -> policy(policy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aProofCountsOnlyUnderAWitnessedCheckpoint() throws Exception {
        var leaves = IntStream.range(0, 7).mapToObj(i -> Bytes.utf8("entry " + i)).toList();
        var hashes = leaves.stream().map(MerkleHash::leaf).toList();
        var proofs = new Proofs(new MemoryTiles(hashes), 7);
        var signed = log.sign(7, proofs.root(), NOON);
        var checkpoint = Checkpoint.parse(signed.text());
        var lines = new ArrayList<SignedNote.Signature>();
        for (var name : List.of("X1", "X2", "Y3")) {
            lines.addAll(cosigners.get(name).cosign(checkpoint, signed, NOON));
        }
        var path = proofs.inclusion(4).path();
        var bare = new TlogProof(Optional.empty(), 4, path, signed);
        var witnessed = new TlogProof(Optional.empty(), 4, path, signed.with(lines));
        var policy = policy(published());
        assertThat(bare.verify(hashes.get(4), policy)).isInstanceOf(Unverified.class);
        assertThat(TlogProof.parse(witnessed.encode()).verify(hashes.get(4), policy))
                .isInstanceOf(VerifiedCheckpoint.class);
        assertThat(witnessed.verify(hashes.get(5), policy))
                .isEqualTo(new Unverified("no such entry stands at 4 of 7"));
    }

    private static String why(TlogPolicy.Judgement judged) {
        return ((TlogPolicy.NotWitnessed) judged).reason();
    }
}
