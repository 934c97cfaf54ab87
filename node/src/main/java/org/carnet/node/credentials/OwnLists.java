// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.credential.BitstringList;
import org.carnet.credential.DataIntegrity;
import org.carnet.credential.EddsaJcs;
import org.carnet.credential.ProofOptions;
import org.carnet.credential.Status;
import org.carnet.credential.TokenStatusList;
import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The status lists of this node, signed: made anew when something changed, or when half of their time is over.
final class OwnLists {
    /// A list is dated back by this much: whoever asks for it had looked at a clock before, perhaps a slow one.
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final IssuedStore store;
    private final Function<String, OwnIssuer> issuers;
    private final OwnAddress address;
    private final InstantSource clock;
    private final Duration ttl;
    private final Duration age;
    private final Map<String, Signed> signed = new ConcurrentHashMap<>();

    private record Signed(String text, Instant at) {}

    /// @param issuers this node under one of its DIDs
    /// @param ttl how long a copy may be used without asking again
    /// @param age how long a copy may be used at all
    OwnLists(
            IssuedStore store,
            Function<String, OwnIssuer> issuers,
            OwnAddress address,
            InstantSource clock,
            Duration ttl,
            Duration age) {
        this.store = store;
        this.issuers = issuers;
        this.address = address;
        this.clock = clock;
        this.ttl = ttl;
        this.age = age;
    }

    Duration ttl() {
        return ttl;
    }

    String url(String list, Status told) {
        return tokenUrl(list) + "/" + told.purpose();
    }

    String tokenUrl(String list) {
        return address.base() + "/status/" + list;
    }

    /// The Bitstring Status List Credential; empty if there is no such list.
    Optional<String> bitstring(String list, Status told) {
        return made(
                list, url(list, told), (issuer, now) -> signedBitstring(list, told, issuer, now));
    }

    private String signedBitstring(String list, Status told, OwnIssuer issuer, Instant now) {
        var url = url(list, told);
        var unsigned =
                BitstringList.unsigned(
                        url,
                        issuer.did(),
                        store.list(list),
                        told,
                        now.minus(SLACK),
                        now.plus(age),
                        ttl);
        var options = ProofOptions.assertion(issuer.method(), now.minus(SLACK));
        return Json.text(DataIntegrity.sign(unsigned, EddsaJcs.SUITE, options, issuer.key()));
    }

    /// The Token Status List; empty if there is no such list.
    Optional<String> token(String list) {
        return made(
                list,
                tokenUrl(list),
                (issuer, now) ->
                        TokenStatusList.sign(
                                tokenUrl(list),
                                store.list(list),
                                now.minus(SLACK),
                                now.plus(age),
                                ttl,
                                issuer.method(),
                                issuer.key()));
    }

    private Optional<String> made(
            String list, String url, BiFunction<OwnIssuer, Instant, String> sign) {
        var issuer = store.issuer(list).map(issuers);
        var now = clock.instant();
        return issuer.map(
                one ->
                        signed.compute(
                                        url,
                                        (key, before) ->
                                                isFresh(before, now)
                                                        ? before
                                                        : new Signed(sign.apply(one, now), now))
                                .text());
    }

    private boolean isFresh(@Nullable Signed signed, Instant now) {
        return signed != null && now.isBefore(signed.at().plus(ttl.dividedBy(2)));
    }

    /// Something in this list is another now.
    void changed(String list) {
        for (var told : new Status[] {Status.REVOKED, Status.SUSPENDED})
            signed.remove(url(list, told));
        signed.remove(tokenUrl(list));
    }
}
