// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.did.DidHistory;
import org.carnet.did.DidWebvh;
import org.carnet.did.HistoryReader;
import org.carnet.did.HistoryWriter;
import org.carnet.exchange.PlatformKeys;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whose keys are whose, whatever the host of a DID, a thief of its keys or the network does.
class ResolverTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Duration AGE = Duration.ofMinutes(15);
    private static final SigningKey FIRST = key(1);
    private static final SigningKey SECOND = key(2);
    private static final SigningKey THIRD = key(3);

    private final Map<URI, Bytes> published = new HashMap<>();
    private final Map<String, String> newest = new HashMap<>();
    private final Bytes begun =
            HistoryWriter.create("agora.example", FIRST, SECOND.did(), NOW.minusSeconds(1000));
    private final DidWebvh did = did(begun);
    private Instant now = NOW;
    private boolean reachable = true;
    private int asked;
    private Resolver resolver = resolver();

    private static SigningKey key(int seed) {
        var secret = new byte[32];
        secret[31] = (byte) seed;
        return SigningKey.of(Algorithm.ED25519, Bytes.unsafe(secret));
    }

    private static DidWebvh did(Bytes log) {
        return DidWebvh.parse(Json.object(log).path("state").path("id").stringValue());
    }

    private Resolver resolver() {
        var met =
                new MetPlatforms() {
                    @Override
                    public Optional<String> newest(String platform) {
                        return Optional.ofNullable(newest.get(platform));
                    }

                    @Override
                    public void remember(String platform, String version, Instant when) {
                        newest.put(platform, version);
                    }
                };
        return new Resolver(this::read, met, () -> now, TTL, AGE);
    }

    private Bytes read(URI address) throws IOException {
        asked++;
        var file = published.get(address);
        if (!reachable || file == null) throw new IOException("nobody answers");
        return file;
    }

    private void publish(Bytes log) {
        published.put(did.log(), log);
    }

    private Bytes rotated(Bytes log, SigningKey to, SigningKey next) {
        var history = (DidHistory) HistoryReader.read(did(log), log, null, now);
        var line = HistoryWriter.rotate(history, to, next.did(), List.of(FIRST.did()), now);
        return Bytes.utf8(log.toUtf8() + line.toUtf8());
    }

    /// The key in force, or null where there is no document.
    private @Nullable SigningKey inForce() {
        if (!(resolver.resolve(did.value()) instanceof PlatformKeys.Found(var document)))
            return null;
        for (var key : List.of(FIRST, SECOND, THIRD))
            if (document.key(HistoryWriter.keyId(did, key.did()), "authentication") != null)
                return key;
        return null;
    }

    private String whyNot() {
        return ((PlatformKeys.NotFound) resolver.resolve(did.value())).why();
    }

    @Test
    void aDidThatIsAKeyNeedsNobody() {
        assertThat(resolver.resolve(FIRST.did().value())).isInstanceOf(PlatformKeys.Found.class);
        assertThat(asked).isZero();
    }

    @Test
    void aRotatedKeyIsVoidWithinTheTtl() {
        publish(begun);
        assertThat(inForce()).isEqualTo(FIRST);
        publish(rotated(begun, SECOND, THIRD));
        assertThat(inForce()).isEqualTo(FIRST);
        now = NOW.plus(TTL);
        assertThat(inForce()).isEqualTo(SECOND);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void aHostThatIsAwayIsBelievedForAWhileAndThenNoMore() {
        publish(begun);
        assertThat(inForce()).isEqualTo(FIRST);
        reachable = false;
        now = NOW.plus(AGE);
        assertThat(inForce()).isEqualTo(FIRST);
        now = NOW.plus(AGE).plusSeconds(1);
        assertThat(inForce()).isNull();
        assertThat(whyNot()).contains("cannot be had");
    }

    @Test
    void aHostThatNeverAnsweredIsNobodyAndIsNotPestered() {
        for (int i = 0; i < 9; i++) assertThat(inForce()).isNull();
        assertThat(asked).isEqualTo(1);
        publish(begun);
        now = NOW.plusSeconds(6);
        assertThat(inForce()).isEqualTo(FIRST);
    }

    @Test
    void anotherPastOfADidThatWasMetIsRefusedEvenAfterARestart() {
        var later = rotated(begun, SECOND, THIRD);
        publish(later);
        assertThat(inForce()).isEqualTo(SECOND);
        resolver = resolver();
        publish(begun);
        assertThat(inForce()).isNull();
        assertThat(whyNot()).contains("ROLLED_BACK");
        now = NOW.plusSeconds(30);
        publish(rotated(begun, SECOND, key(9)));
        assertThat(whyNot()).contains("REWRITTEN");
        now = NOW.plusSeconds(60);
        publish(later);
        assertThat(inForce()).isEqualTo(SECOND);
    }

    @Test
    void aForgedHistoryIsNobodys() {
        var strangers = key(7);
        var forged =
                begun.toUtf8()
                        .replace(
                                FIRST.did().value().substring("did:key:".length()),
                                strangers.did().value().substring("did:key:".length()));
        publish(Bytes.utf8(forged));
        assertThat(inForce()).isNull();
        assertThat(whyNot()).contains("is refused as");
        now = NOW.plusSeconds(30);
        publish(HistoryWriter.create("agora.example", strangers, key(8).did(), NOW));
        assertThat(whyNot()).contains("WRONG_SCID");
    }

    @Test
    void whoContradictsItselfIsNotBelievedOnTheOldCopy() {
        publish(rotated(begun, SECOND, THIRD));
        assertThat(inForce()).isEqualTo(SECOND);
        publish(begun);
        now = NOW.plus(TTL);
        assertThat(inForce()).isNull();
    }

    @Test
    void whoEndedItsDidIsNobody() {
        var history = (DidHistory) HistoryReader.read(did, begun, null, NOW);
        var end = HistoryWriter.deactivate(history, SECOND, NOW);
        publish(Bytes.utf8(begun.toUtf8() + end.toUtf8()));
        assertThat(whyNot()).contains("was ended");
    }
}
