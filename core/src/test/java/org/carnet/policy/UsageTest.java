// SPDX-License-Identifier: Apache-2.0
package org.carnet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.envelope.Reason;
import org.carnet.identity.DidKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

class UsageTest {
    private static final DidKey WATCH =
            DidKey.parse("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK");
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void aPropertyThatNoMappingNamesIsRefused() {
        assertThat(refusal(Set.of("x", "y"), mapping("m", "x")))
                .isEqualTo(Reason.UNMAPPED_PROPERTY);
    }

    @Test
    void theUnionOfTheMappingsCountsAndEachIsUsedOnlyForWhatItNames() {
        var one = mapping("one", "x");
        var other = mapping("other", "y");
        var idle = mapping("idle", "z");
        assertThat(Usage.judge(Set.of("x", "y"), List.of(one, other, idle), NOW))
                .isEqualTo(new Usage.Permitted(List.of(one.mapping(), other.mapping())));
    }

    @Test
    void aMappingAppliesFromItsStartAndNoMoreAtItsEnd() {
        var permission = mapping("m", "x");
        var mapping = permission.mapping();
        assertThat(permission.refusal(mapping.notBefore().minusNanos(1)))
                .contains(Reason.MAPPING_NOT_STARTED);
        assertThat(permission.refusal(mapping.notBefore())).isEmpty();
        assertThat(permission.refusal(mapping.notAfter().minusNanos(1))).isEmpty();
        assertThat(permission.refusal(mapping.notAfter())).contains(Reason.MAPPING_EXPIRED);
    }

    @Test
    void whatTheOwnerPausedOrEndedIsRefusedForThatReason() {
        var mapping = mapping("m", "x").mapping();
        assertThat(refusal(Set.of("x"), new Permission(mapping, Permission.State.PAUSED)))
                .isEqualTo(Reason.MAPPING_PAUSED);
        assertThat(refusal(Set.of("x"), new Permission(mapping, Permission.State.ENDED)))
                .isEqualTo(Reason.MAPPING_ENDED);
    }

    @Test
    void theSourcesOfADerivedPropertyAreNamedByItsMapping() {
        var derived = mapping("m", "activity-intensity");
        assertThat(Usage.judge(Set.of("acceleration-x", "acceleration-y"), List.of(derived), NOW))
                .isEqualTo(new Usage.Permitted(List.of(derived.mapping())));
        assertThat(refusal(Set.of("rotation-x"), derived)).isEqualTo(Reason.UNMAPPED_PROPERTY);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void whateverTheMappingsNothingIsPermittedThatNoneOfThemNamesNow(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var permissions =
                    random.ints(random.nextInt(4), 0, 26)
                            .mapToObj(letter -> any(random, "" + (char) ('a' + letter % 4)))
                            .toList();
            var properties = random.nextBoolean() ? Set.of("a") : Set.of("a", "b");
            var covered =
                    properties.stream()
                            .allMatch(
                                    property ->
                                            permissions.stream()
                                                    .anyMatch(
                                                            p ->
                                                                    p.refusal(NOW).isEmpty()
                                                                            && p.mapping()
                                                                                    .names(
                                                                                            property)));
            assertThat(Usage.judge(properties, permissions, NOW) instanceof Usage.Permitted)
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(covered);
        }
    }

    private static Permission any(Random random, String property) {
        var state = Permission.State.values()[random.nextInt(3)];
        var start = NOW.plusSeconds(random.nextInt(200) - 150);
        return new Permission(mapping("m" + random.nextInt(), start, property), state);
    }

    private static Reason refusal(Set<String> properties, Permission... permissions) {
        var usage = Usage.judge(properties, List.of(permissions), NOW);
        assertThat(usage).isInstanceOf(Usage.Denied.class);
        return ((Usage.Denied) usage).refused().reason();
    }

    private static Permission mapping(String id, String property) {
        return new Permission(mapping(id, NOW.minusSeconds(60), property), Permission.State.ACTIVE);
    }

    private static Mapping mapping(String id, Instant start, String property) {
        return new Mapping(
                id,
                WATCH,
                Optional.empty(),
                "agora",
                "walker",
                "alice",
                "presence",
                Mapping.sharesOf(List.of(Share.of(property))),
                start,
                start.plus(Duration.ofSeconds(120)));
    }
}
