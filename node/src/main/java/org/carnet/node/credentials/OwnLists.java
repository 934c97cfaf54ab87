// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.credential.BitstringList;
import org.carnet.credential.DataIntegrity;
import org.carnet.credential.EddsaJcs;
import org.carnet.credential.ProofOptions;
import org.carnet.credential.Status;
import org.carnet.credential.TokenStatusList;
import org.carnet.jose.Json;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The status lists of this node, signed: made anew when something changed, or when half of their time is over.
final class OwnLists {
    private final IssuedStore store;
    private final OwnIssuer issuer;
    private final OwnAddress address;
    private final InstantSource clock;
    private final Duration ttl;
    private final Duration age;
    private final Map<String, Signed> signed = new ConcurrentHashMap<>();

    private record Signed(String text, Instant at) {}

    /// @param ttl how long a copy may be used without asking again
    /// @param age how long a copy may be used at all
    OwnLists(
            IssuedStore store,
            OwnIssuer issuer,
            OwnAddress address,
            InstantSource clock,
            Duration ttl,
            Duration age) {
        this.store = store;
        this.issuer = issuer;
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
        return made(list, url(list, told), now -> signedBitstring(list, told, now));
    }

    private String signedBitstring(String list, Status told, Instant now) {
        var url = url(list, told);
        var unsigned =
                BitstringList.unsigned(
                        url, issuer.did(), store.list(list), told, now, now.plus(age), ttl);
        var options = ProofOptions.assertion(issuer.method(), now);
        return Json.text(DataIntegrity.sign(unsigned, EddsaJcs.SUITE, options, issuer.key()));
    }

    /// The Token Status List; empty if there is no such list.
    Optional<String> token(String list) {
        return made(
                list,
                tokenUrl(list),
                now ->
                        TokenStatusList.sign(
                                tokenUrl(list),
                                store.list(list),
                                now,
                                now.plus(age),
                                ttl,
                                issuer.method(),
                                issuer.key()));
    }

    private Optional<String> made(String list, String url, Function<Instant, String> sign) {
        if (!store.hasList(list)) return Optional.empty();
        var now = clock.instant();
        return Optional.of(
                signed.compute(
                                url,
                                (key, before) ->
                                        before != null
                                                        && now.isBefore(
                                                                before.at().plus(ttl.dividedBy(2)))
                                                ? before
                                                : new Signed(sign.apply(now), now))
                        .text());
    }

    /// Something in this list is another now.
    void changed(String list) {
        for (var told : new Status[] {Status.REVOKED, Status.SUSPENDED})
            signed.remove(url(list, told));
        signed.remove(tokenUrl(list));
    }
}
