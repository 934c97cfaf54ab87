// SPDX-License-Identifier: Apache-2.0
package org.carnet.did;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.credential.DataIntegrity;
import org.carnet.credential.EddsaJcs;
import org.carnet.credential.ProofOptions;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// What a thief of keys, a host that lies and an owner who regrets try with the history of a did:webvh.
class ForgedHistoryTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final SigningKey FIRST = key(1);
    private static final SigningKey SECOND = key(2);
    private static final SigningKey THIRD = key(3);
    private static final SigningKey THIEF = key(9);

    private static final Bytes CREATED =
            HistoryWriter.create("agora.example", FIRST, SECOND.did(), NOW.minusSeconds(100));
    private static final DidWebvh DID = did();
    private static final Bytes ROTATED =
            HistoryWriter.rotate(
                    accepted(CREATED),
                    SECOND,
                    THIRD.did(),
                    List.of(FIRST.did()),
                    NOW.minusSeconds(50));
    private static final Bytes BOTH = Bytes.utf8(CREATED.toUtf8() + ROTATED.toUtf8());

    private static SigningKey key(int seed) {
        var secret = new byte[32];
        secret[0] = (byte) seed;
        return SigningKey.of(Algorithm.ED25519, Bytes.unsafe(secret));
    }

    private static DidWebvh did() {
        return DidWebvh.parse(Json.object(CREATED).get("state").get("id").stringValue());
    }

    private static DidHistory accepted(Bytes log) {
        var verdict = HistoryReader.read(DID, log, null, NOW);
        assertThat(verdict).isInstanceOf(DidHistory.class);
        return (DidHistory) verdict;
    }

    private static void assertRefused(String log, HistoryFlaw flaw) {
        assertRefused(HistoryReader.read(DID, Bytes.utf8(log), null, NOW), flaw);
    }

    private static void assertRefused(HistoryVerdict verdict, HistoryFlaw flaw) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        HistoryRefused.class, it -> assertThat(it.flaw()).isEqualTo(flaw));
    }

    /// The line with a change, hashed and signed anew by whoever holds this key.
    private static String forged(
            Bytes line, String predecessor, SigningKey key, Consumer<ObjectNode> change) {
        var entry = Json.object(line);
        entry.remove("proof");
        change.accept(entry);
        var number = entry.get("versionId").stringValue().split("-")[0];
        entry.put("versionId", number + "-" + LogEntry.hash(entry, predecessor));
        var options = ProofOptions.assertion(key.did().keyId(), NOW);
        return Json.text(DataIntegrity.sign(entry, EddsaJcs.SUITE, options, key)) + "\n";
    }

    @Test
    void ownHistoriesAreReadAndTheirKeysFound() {
        var history = accepted(BOTH);
        assertThat(history.did()).isEqualTo(DID);
        assertThat(history.versions()).hasSize(2);
        var document = history.document();
        var now = HistoryWriter.keyId(DID, SECOND.did());
        var before = HistoryWriter.keyId(DID, FIRST.did());
        assertThat(document.key(now, "authentication")).isNotNull();
        assertThat(document.key(now, "assertionMethod").did()).isEqualTo(SECOND.did());
        assertThat(document.key(before, "assertionMethod").did()).isEqualTo(FIRST.did());
        assertThat(document.key(before, "authentication")).isNull();
        assertThat(document.key(THIEF.did().keyId(), "authentication")).isNull();
        assertThat(accepted(CREATED).continuing(history.versions().getFirst().id()))
                .isInstanceOf(DidHistory.class);
    }

    @Test
    void aChangedEntryIsNotWhatItsHashSays() {
        var changed = BOTH.toUtf8().replace("authentication\":[", "authentication\":[\"x\",");
        assertRefused(changed, HistoryFlaw.WRONG_SCID);
        var second = ROTATED.toUtf8().replace("authentication\":[", "authentication\":[\"x\",");
        assertRefused(CREATED.toUtf8() + second, HistoryFlaw.WRONG_HASH);
    }

    @Test
    void anEntryOfAnotherBeginningHasAnotherScid() {
        var other =
                HistoryWriter.create("agora.example", THIEF, SECOND.did(), NOW.minusSeconds(100));
        assertRefused(other.toUtf8(), HistoryFlaw.WRONG_SCID);
        var renamed = Json.object(other).get("parameters").get("scid").stringValue();
        assertRefused(other.toUtf8().replace(renamed, DID.scid()), HistoryFlaw.WRONG_SCID);
    }

    @Test
    void aStrangerSignsNoEntry() {
        var first = accepted(CREATED).latest().id();
        var forged = forged(ROTATED, first, THIEF, it -> {});
        assertRefused(CREATED.toUtf8() + forged, HistoryFlaw.INVALID_PROOF);
    }

    /// The thief has the key that signs everything, and still cannot make it theirs.
    @Test
    void aStolenKeyCannotSkipPreRotation() {
        var first = accepted(CREATED).latest().id();
        var keys = Json.object().arrayNode().add(DidDocument.multikey(FIRST.did()));
        var stays = forged(ROTATED, first, FIRST, it -> parameters(it).set("updateKeys", keys));
        assertRefused(CREATED.toUtf8() + stays, HistoryFlaw.NOT_COMMITTED);
        var silent = forged(ROTATED, first, FIRST, it -> parameters(it).removeAll());
        assertRefused(CREATED.toUtf8() + silent, HistoryFlaw.NOT_COMMITTED);
        var mine = Json.object().arrayNode().add(DidDocument.multikey(THIEF.did()));
        var taken = forged(ROTATED, first, THIEF, it -> parameters(it).set("updateKeys", mine));
        assertRefused(CREATED.toUtf8() + taken, HistoryFlaw.NOT_COMMITTED);
        assertThatThrownBy(
                        () ->
                                HistoryWriter.rotate(
                                        accepted(CREATED), THIEF, THIRD.did(), List.of(), NOW))
                .hasMessage("the history committed to another key");
    }

    private static ObjectNode parameters(ObjectNode entry) {
        return (ObjectNode) entry.get("parameters");
    }

    @Test
    void aHistoryThatWasSeenIsNeitherCutOffNorRolledBack() {
        var seen = accepted(BOTH).latest().id();
        assertRefused(accepted(CREATED).continuing(seen), HistoryFlaw.ROLLED_BACK);
        assertRefused(ROTATED.toUtf8(), HistoryFlaw.INVALID_PARAMETERS);
        assertRefused(BOTH.toUtf8() + ROTATED.toUtf8(), HistoryFlaw.NOT_COMMITTED);
        assertRefused(ROTATED.toUtf8() + CREATED.toUtf8(), HistoryFlaw.INVALID_PARAMETERS);
        assertRefused("", HistoryFlaw.MALFORMED);
    }

    /// The owner themselves tells a second story: it holds, and it is not the one that was seen.
    @Test
    void notEvenItsOwnerRewritesAHistory() {
        var seen = accepted(BOTH).latest().id();
        var other =
                HistoryWriter.rotate(
                        accepted(CREATED), SECOND, THIEF.did(), List.of(), NOW.minusSeconds(40));
        var rewritten = accepted(Bytes.utf8(CREATED.toUtf8() + other.toUtf8()));
        assertRefused(rewritten.continuing(seen), HistoryFlaw.REWRITTEN);
    }

    @Test
    void timeGoesOnlyForwardAndNeverAhead() {
        var first = accepted(CREATED).latest().id();
        var early =
                forged(ROTATED, first, SECOND, it -> it.put("versionTime", "2020-01-01T00:00:00Z"));
        assertRefused(CREATED.toUtf8() + early, HistoryFlaw.WRONG_TIME);
        var ahead =
                forged(ROTATED, first, SECOND, it -> it.put("versionTime", "2027-01-01T00:00:00Z"));
        assertRefused(CREATED.toUtf8() + ahead, HistoryFlaw.WRONG_TIME);
        var local =
                forged(
                        ROTATED,
                        first,
                        SECOND,
                        it -> it.put("versionTime", "2026-11-20T12:59:30+01:00"));
        assertRefused(CREATED.toUtf8() + local, HistoryFlaw.WRONG_TIME);
    }

    @Test
    void nothingFollowsTheEnd() {
        var end = HistoryWriter.deactivate(accepted(CREATED), SECOND, NOW.minusSeconds(60));
        var ended = Bytes.utf8(CREATED.toUtf8() + end.toUtf8());
        assertThat(accepted(ended).isDeactivated()).isTrue();
        var more =
                forged(
                        ROTATED,
                        accepted(ended).latest().id(),
                        SECOND,
                        it -> it.put("versionId", "3-x"));
        assertRefused(ended.toUtf8() + more, HistoryFlaw.DEACTIVATED);
    }

    @Test
    void aDidDoesNotMoveUnlessItMay() {
        var first = accepted(CREATED).latest().id();
        var moved =
                forged(
                        ROTATED,
                        first,
                        SECOND,
                        it ->
                                ((ObjectNode) it.get("state"))
                                        .put("id", DID.value().replace("agora", "thief"))
                                        .putArray("alsoKnownAs")
                                        .add(DID.value()));
        assertRefused(CREATED.toUtf8() + moved, HistoryFlaw.WRONG_DID);
        var portable = forged(ROTATED, first, SECOND, it -> parameters(it).put("portable", true));
        assertRefused(CREATED.toUtf8() + portable, HistoryFlaw.INVALID_PARAMETERS);
    }

    @Test
    void unknownParametersAndMembersAreNotGuessedAt() {
        var first = accepted(CREATED).latest().id();
        var odd = forged(ROTATED, first, SECOND, it -> parameters(it).put("prerotation", false));
        assertRefused(CREATED.toUtf8() + odd, HistoryFlaw.INVALID_PARAMETERS);
        var more = forged(ROTATED, first, SECOND, it -> it.put("comment", "hello"));
        assertRefused(CREATED.toUtf8() + more, HistoryFlaw.MALFORMED);
        assertRefused(
                BOTH.toUtf8().replace("\"state\":{", "\"state\":{},\"state\":{"),
                HistoryFlaw.MALFORMED);
    }
}
