// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.Bytes;
import org.carnet.credential.Flaw;
import org.carnet.credential.Refused;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Status lists of others, of one form, that are fetched and kept for a while.
///
/// A copy is used without asking again for its ttl, or this node's if that is shorter: a revocation takes effect within that
/// time. A list that cannot be reached is used on from its copy until this is as old as the settings allow; from then on, and
/// where there never was a copy, there is none.
final class KeptLists<L> {
    /// So many lists of at most a megabyte are kept.
    private static final int MOST_KEPT = 64;

    /// A list that could not be had is not asked for again at once.
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final ListSource source;
    private final Reader<L> reader;
    private final Duration ttl;
    private final Duration age;
    private final Map<String, Kept<L>> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Kept<L>> eldest) {
                    return size() > MOST_KEPT;
                }
            };

    /// A list, or why it cannot be used.
    sealed interface Reading<L> {}

    /// @param ttl what its issuer says, and until when it may be used at all
    record Read<L>(L list, @Nullable Duration ttl, @Nullable Instant until) implements Reading<L> {}

    record Unreadable<L>(Refused why) implements Reading<L> {}

    /// Checks what was found at a URL.
    @FunctionalInterface
    interface Reader<L> {
        Reading<L> read(Bytes text, String url, Instant now);
    }

    /// What is known of one list.
    private static final class Kept<L> {
        volatile @Nullable Read<L> copy;
        volatile Instant fetched = Instant.MIN;
        volatile Instant failed = Instant.MIN;
        volatile Refused failure =
                new Refused(Flaw.STATUS_UNREACHABLE, "the status list cannot be had");
    }

    /// @param ttl how long a copy is used without asking again, at most
    /// @param age how long a copy is used at all
    KeptLists(ListSource source, Reader<L> reader, Duration ttl, Duration age) {
        this.source = source;
        this.reader = reader;
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
        Map<String, Kept<L>> now;
        synchronized (kept) {
            now = new LinkedHashMap<>(kept);
        }
        return now.entrySet().stream().map(one -> known(one.getKey(), one.getValue())).toList();
    }

    private Known known(String url, Kept<L> one) {
        var copy = one.copy;
        var fetched = copy == null ? Optional.<Instant>empty() : Optional.of(one.fetched);
        var until = copy == null ? null : copy.until();
        var usable =
                fetched.map(at -> at.plus(age))
                        .map(end -> until != null && until.isBefore(end) ? until : end);
        boolean failed = one.failed.isAfter(one.fetched);
        return new Known(
                url, fetched, usable, failed ? Optional.of(one.failure.why()) : Optional.empty());
    }

    Reading<L> find(String url, Instant now) {
        Kept<L> one;
        synchronized (kept) {
            one = kept.computeIfAbsent(url, key -> new Kept<>());
        }
        synchronized (one) {
            refresh(one, url, now);
            var copy = one.copy;
            if (copy == null || tooOld(one, copy, now)) return new Unreadable<>(one.failure);
            return copy;
        }
    }

    private boolean tooOld(Kept<L> one, Read<L> copy, Instant now) {
        return now.isAfter(one.fetched.plus(age))
                || (copy.until() != null && now.isAfter(copy.until()));
    }

    private void refresh(Kept<L> one, String url, Instant now) {
        var copy = one.copy;
        if (copy != null
                && now.isBefore(one.fetched.plus(shorter(copy.ttl())))
                && !tooOld(one, copy, now)) return;
        if (now.isBefore(one.failed.plus(PAUSE)) && !one.failed.equals(Instant.MIN)) return;
        switch (fetch(url, now)) {
            case Read<L> read -> {
                one.copy = read;
                one.fetched = now;
                one.failed = Instant.MIN;
            }
            case Unreadable<L>(var why) -> {
                one.failed = now;
                one.failure = why;
            }
        }
    }

    private Duration shorter(@Nullable Duration said) {
        return said == null || said.compareTo(ttl) > 0 ? ttl : said;
    }

    private Reading<L> fetch(String url, Instant now) {
        Bytes text;
        try {
            text = source.fetch(URI.create(url));
        } catch (IOException | IllegalArgumentException e) {
            // The reason would tell a stranger what this node can reach.
            return new Unreadable<>(
                    new Refused(Flaw.STATUS_UNREACHABLE, "the status list cannot be had"));
        }
        return reader.read(text, url, now);
    }
}
