// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.Bytes;
import org.carnet.credential.BitstringList;
import org.carnet.credential.CredentialVerdict;
import org.carnet.credential.CredentialVerifier;
import org.carnet.credential.Flaw;
import org.carnet.credential.Refused;
import org.carnet.credential.StatusEntry;
import org.carnet.credential.VerifiedCredential;
import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What issuers say of their credentials, from lists that are fetched and kept for a while.
///
/// A copy is used without asking again for its ttl, or this node's if that is shorter: a revocation takes effect within that
/// time. A list that cannot be reached is used on from its copy until this is as old as the settings allow; from then on, and
/// where there never was a copy, the credential is refused.
final class StatusChecks implements CredentialVerifier.StatusCheck {
    /// So many lists of at most a megabyte are kept.
    private static final int MOST_KEPT = 64;

    /// A list that could not be had is not asked for again at once.
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final ListSource source;
    private final CredentialVerifier verifier;
    private final Duration ttl;
    private final Duration age;
    private final Map<String, Kept> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
                    return size() > MOST_KEPT;
                }
            };

    /// What is known of one list.
    private static final class Kept {
        volatile @Nullable BitstringList list;
        volatile Instant fetched = Instant.MIN;
        volatile Instant failed = Instant.MIN;
        volatile Refused failure =
                new Refused(Flaw.STATUS_UNREACHABLE, "the status list cannot be had");
    }

    /// @param verifier checks the lists, which have no status themselves
    /// @param ttl how long a copy is used without asking again, at most
    /// @param age how long a copy is used at all
    StatusChecks(ListSource source, CredentialVerifier verifier, Duration ttl, Duration age) {
        this.source = source;
        this.verifier = verifier;
        this.ttl = ttl;
        this.age = age;
    }

    /// A list that somebody's credential named.
    ///
    /// @param fetched when the copy was made that is used; empty if there never was one
    /// @param usable until when that copy is used if the list cannot be reached
    /// @param trouble why the list could not be had when it was last asked for
    record Known(
            String url,
            Optional<Instant> fetched,
            Optional<Instant> usable,
            Optional<String> trouble) {}

    /// The lists that are kept, the one used last at the end. Waits for nobody.
    List<Known> known() {
        Map<String, Kept> now;
        synchronized (kept) {
            now = new LinkedHashMap<>(kept);
        }
        return now.entrySet().stream().map(one -> known(one.getKey(), one.getValue())).toList();
    }

    private Known known(String url, Kept one) {
        var list = one.list;
        var fetched = list == null ? Optional.<Instant>empty() : Optional.of(one.fetched);
        var until = list == null ? null : list.until();
        var usable =
                fetched.map(at -> at.plus(age))
                        .map(end -> until != null && until.isBefore(end) ? until : end);
        boolean failed = one.failed.isAfter(one.fetched);
        return new Known(
                url, fetched, usable, failed ? Optional.of(one.failure.why()) : Optional.empty());
    }

    @Override
    public Optional<Refused> refusal(ObjectNode status, String issuer, Instant now) {
        StatusEntry entry;
        try {
            entry = StatusEntry.parse(status);
        } catch (IllegalArgumentException e) {
            return Optional.of(new Refused(Flaw.STATUS_INVALID, String.valueOf(e.getMessage())));
        }
        Kept one;
        synchronized (kept) {
            one = kept.computeIfAbsent(entry.list(), url -> new Kept());
        }
        synchronized (one) {
            refresh(one, entry.list(), now);
            var list = one.list;
            if (list == null) return Optional.of(one.failure);
            if (tooOld(one, list, now)) return Optional.of(one.failure);
            return list.refusal(entry, issuer);
        }
    }

    private boolean tooOld(Kept one, BitstringList list, Instant now) {
        return now.isAfter(one.fetched.plus(age))
                || (list.until() != null && now.isAfter(list.until()));
    }

    private void refresh(Kept one, String url, Instant now) {
        if (one.list != null
                && now.isBefore(one.fetched.plus(shorter(one.list.ttl())))
                && !tooOld(one, one.list, now)) return;
        if (now.isBefore(one.failed.plus(PAUSE)) && !one.failed.equals(Instant.MIN)) return;
        switch (fetch(url, now)) {
            case BitstringList.Read(var list) -> {
                one.list = list;
                one.fetched = now;
                one.failed = Instant.MIN;
            }
            case BitstringList.Unreadable(var refused) -> {
                one.failed = now;
                one.failure = refused;
            }
        }
    }

    private Duration shorter(@Nullable Duration said) {
        return said == null || said.compareTo(ttl) > 0 ? ttl : said;
    }

    private BitstringList.Reading fetch(String url, Instant now) {
        Bytes text;
        try {
            text = source.fetch(URI.create(url));
        } catch (IOException | IllegalArgumentException e) {
            // The reason would tell a stranger what this node can reach.
            return unreadable(Flaw.STATUS_UNREACHABLE, "the status list cannot be had");
        }
        try {
            return switch (verifier.verify(Json.object(text), now)) {
                case CredentialVerdict.Rejected(var reasons) ->
                        unreadable(
                                Flaw.STATUS_INVALID,
                                "the status list does not hold: " + reasons.getFirst().why());
                case VerifiedCredential verified -> BitstringList.of(verified, url);
            };
        } catch (IllegalArgumentException e) {
            return unreadable(Flaw.STATUS_INVALID, "the status list is " + e.getMessage());
        }
    }

    private static BitstringList.Reading unreadable(Flaw flaw, String why) {
        return new BitstringList.Unreadable(new Refused(flaw, why));
    }
}
