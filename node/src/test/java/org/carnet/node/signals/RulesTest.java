// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.SignedPack;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.envelope.VerifiedPack;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;
import org.carnet.node.points.Suspicion;
import org.carnet.node.points.Suspicion.Party;
import org.carnet.node.points.Suspicion.Sort;
import org.junit.jupiter.api.Test;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What the clear rules find, and what they leave alone.
final class RulesTest {
    private static final SigningKey WATCH =
            SigningKey.generate(Algorithm.ED25519, new SecureRandom());
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Party AVATAR = new Party(Sort.AVATAR, "did:key:zAvatar", "alice");

    private final Rules rules = new Rules("agora", 10, 350, 20, () -> 1);

    private static Inbox.Told update(long sequence, String place, boolean fresh, Reading... read) {
        var raw =
                Signer.sign(WATCH, Form.JWS_SENML_JSON, WATCH.did(), sequence, NOON, List.of(read));
        var key = VerificationKey.of(WATCH.did());
        var pack = (VerifiedPack) ((SignedPack) SignedPack.decode(raw)).verify(key);
        return new Inbox.Told.Updated(
                new Suspicion.Update(WATCH.did().value(), "alice", pack, place, fresh));
    }

    private static Reading reading(double value) {
        return new Reading("warmth", NOON, new Value.Quantity(value), "Cel");
    }

    private List<Rule> judge(Inbox.Told told, Instant when) {
        return rules.judge(told, when).stream().map(Finding::rule).toList();
    }

    @Test
    void aKeyThatSignsTwoPacksWithOneNumberIsFoundInWhicheverOrderTheyCome() {
        assertThat(judge(update(1, "http a", true, reading(1)), NOON)).isEmpty();
        assertThat(judge(update(1, "http b", false, reading(2)), NOON))
                .containsExactly(Rule.SAME_NUMBER_TWICE);
        assertThat(judge(update(2, "http b", false, reading(2)), NOON)).isEmpty();
        assertThat(judge(update(2, "http a", true, reading(1)), NOON))
                .contains(Rule.SAME_NUMBER_TWICE);
    }

    @Test
    void aPackThatIsSentAgainAsItWasSpeaksAgainstNobody() {
        assertThat(judge(update(1, "http a", true, reading(1)), NOON)).isEmpty();
        for (int i = 0; i < 200; i++) {
            assertThat(judge(update(1, "http elsewhere" + i, false, reading(1)), NOON)).isEmpty();
        }
    }

    @Test
    void aKeyUsedInTwoPlacesAtOnceIsFoundAndOneThatRoamsIsNot() {
        var found = new ArrayList<Rule>();
        for (int i = 1; i < 20; i++) {
            var place = i % 2 == 0 ? "http 192.0.2.1" : "mqtt 198.51.100.7";
            found.addAll(judge(update(i, place, true, reading(i)), NOON.plusMillis(i)));
        }
        assertThat(found).isNotEmpty().containsOnly(Rule.TWO_PLACES);
        rules.clear(WATCH.did().value());
        for (int i = 100; i < 200; i++) {
            var place = "http 192.0.2." + i;
            assertThat(judge(update(i, place, true, reading(i)), NOON.plusMillis(i))).isEmpty();
        }
        for (int i = 200; i < 220; i++) {
            var place = i % 2 == 0 ? "http home" : "http work";
            var later = NOON.plus(Duration.ofHours(i));
            assertThat(judge(update(i, place, true, reading(i)), later)).isEmpty();
        }
    }

    @Test
    void nobodyTravelsFromGenevaToTokyoInAnHour() {
        var geneva = new Trail.Fix("agora", 46.2, 6.14, NOON);
        var tokyo = new Trail.Fix("arcadia", 35.68, 139.77, NOON.plus(Duration.ofHours(1)));
        var later = new Trail.Fix("arcadia", 35.68, 139.77, NOON.plus(Duration.ofHours(15)));
        assertThat(judge(new Inbox.Told.Placed(AVATAR, geneva), NOON)).isEmpty();
        var found = rules.judge(new Inbox.Told.Placed(AVATAR, tokyo), NOON);
        assertThat(found).extracting(Finding::rule).containsExactly(Rule.IMPOSSIBLE_MOTION);
        assertThat(found.getFirst().reasons().getFirst())
                .startsWith("from agora to arcadia, 9")
                .endsWith(" km in 3600 s");
        rules.clear(AVATAR.id());
        assertThat(judge(new Inbox.Told.Placed(AVATAR, geneva), NOON)).isEmpty();
        assertThat(judge(new Inbox.Told.Placed(AVATAR, later), NOON)).isEmpty();
    }

    @Test
    void aThingThatSaysWhereItIsIsHeldToItByTheUnitsOfSenml() {
        var time = NOON;
        for (var position : new double[][] {{46.2, 6.14}, {46.2001, 6.1401}, {35.68, 139.77}}) {
            time = time.plusSeconds(60);
            var found =
                    judge(
                            update(
                                    time.getEpochSecond(),
                                    "http a",
                                    true,
                                    new Reading("where-north", time, quantity(position[0]), "lat"),
                                    new Reading("where-east", time, quantity(position[1]), "lon")),
                            time);
            if (position[0] > 40) assertThat(found).isEmpty();
            else assertThat(found).containsExactly(Rule.IMPOSSIBLE_MOTION);
        }
    }

    private static Value quantity(double value) {
        return new Value.Quantity(value);
    }

    @Test
    void aBurstOfFailedProofsIsFoundAndAFewMistakesAreNot() {
        var platform = new Party(Sort.PLATFORM, "did:webvh:x:arcadia.example", "arcadia");
        var told = new Inbox.Told.Failed(platform, "the avatar's key binding does not hold");
        for (int i = 0; i < 20; i++) assertThat(judge(told, NOON.plusMillis(i))).isEmpty();
        assertThat(judge(told, NOON.plusSeconds(1))).containsExactly(Rule.FAILED_PROOFS);
        assertThat(judge(told, NOON.plusSeconds(120))).isEmpty();
    }

    @Test
    void whoFloodsTheLookoutDropsItsOwnSignsOnlyAndWaitsForNothing() throws InterruptedException {
        var inbox = new Inbox(12345);
        var flood = new Party(Sort.THING, "did:key:zFlood", "mallory");
        for (int i = 0; i < 100_000; i++) inbox.tell(new Inbox.Told.Failed(flood, "noise"));
        assertThat(inbox.waiting()).isEqualTo(Inbox.MOST_OF_ONE);
        assertThat(inbox.dropped()).isEqualTo(100_000 - Inbox.MOST_OF_ONE);
        inbox.tell(new Inbox.Told.Failed(AVATAR, "a sign"));
        for (int i = 0; i < Inbox.MOST_OF_ONE; i++) inbox.next(Duration.ZERO);
        assertThat(inbox.next(Duration.ZERO)).isEqualTo(new Inbox.Told.Failed(AVATAR, "a sign"));
    }

    @Test
    void noOwnerTakesMoreThanAQuarterOfThePlacesWhereWearersAreFollowed() {
        var wearers = new Wearers(8, () -> 1);
        for (int i = 0; i < 100; i++) wearers.of("thing-" + i, "mallory", NOON);
        assertThat(wearers.size()).isEqualTo(2);
        for (int i = 0; i < 100; i++) wearers.of("of-" + i, "owner-" + i, NOON);
        assertThat(wearers.size()).isEqualTo(8);
        assertThat(wearers.of("late", "bob", NOON.plusSeconds(60))).isEmpty();
        assertThat(wearers.of("late", "bob", NOON.plus(Duration.ofHours(2)))).isPresent();
    }

    @Test
    void whatIsRememberedOfPartiesIsBounded() {
        var trails = new Trails();
        for (int i = 0; i < 2 * Trails.MOST; i++) trails.of("party-" + i);
        assertThat(trails).hasSize(Trails.MOST);
        assertThat(trails).containsKey("party-" + (2 * Trails.MOST - 1));
    }
}
