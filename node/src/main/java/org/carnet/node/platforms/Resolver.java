// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.platforms;

import org.carnet.Bytes;
import org.carnet.did.DidDocument;
import org.carnet.did.DidHistory;
import org.carnet.did.DidWebvh;
import org.carnet.did.HistoryFlaw;
import org.carnet.did.HistoryReader;
import org.carnet.did.HistoryRefused;
import org.carnet.did.HistoryVerdict;
import org.carnet.exchange.PlatformKeys;
import org.carnet.identity.DidKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Finds the keys of platforms and certifiers: in the DID itself, or in the history that its host publishes.
///
/// A history is used without asking again for a while, so a rotated key is void within that time; where the host cannot be
/// reached, until the copy is too old. The newest version of each DID that was ever met is remembered: a history that does
/// not go on from it is refused, whoever signed it.
final class Resolver implements PlatformKeys {
    private static final Logger LOG = LoggerFactory.getLogger(Resolver.class);

    /// So many histories of at most a megabyte are kept.
    private static final int MOST_KEPT = 256;

    /// A host that did not answer is not asked again at once.
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Files files;
    private final MetPlatforms met;
    private final InstantSource clock;
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

    /// Where histories come from: the network, or the memory of a test.
    @FunctionalInterface
    interface Files {
        /// @throws IOException if there is none that can be had now
        Bytes read(URI address) throws IOException;
    }

    /// What is known of one DID.
    private static final class Kept {
        @Nullable DidDocument document;
        Instant fetched = Instant.MIN;
        Instant failed = Instant.MIN;
        String why = "";
    }

    /// @param ttl how long a history is used without asking again
    /// @param age how long it is used at all
    Resolver(Files files, MetPlatforms met, InstantSource clock, Duration ttl, Duration age) {
        this.files = files;
        this.met = met;
        this.clock = clock;
        this.ttl = ttl;
        this.age = age;
    }

    @Override
    public Answer resolve(String did) {
        try {
            if (did.startsWith("did:key:")) return new Found(DidDocument.of(DidKey.parse(did)));
            return published(DidWebvh.parse(did));
        } catch (IllegalArgumentException e) {
            return new NotFound(String.valueOf(e.getMessage()));
        }
    }

    private Answer published(DidWebvh did) {
        var now = clock.instant();
        Kept one;
        synchronized (kept) {
            one = kept.computeIfAbsent(did.value(), key -> new Kept());
        }
        synchronized (one) {
            if (isDue(one, now)) refresh(one, did, now);
            var document = one.document;
            if (document == null || now.isAfter(one.fetched.plus(age)))
                return new NotFound(one.why);
            return new Found(document);
        }
    }

    private boolean isDue(Kept one, Instant now) {
        boolean fresh = one.document != null && now.isBefore(one.fetched.plus(ttl));
        boolean failedJustNow =
                !one.failed.equals(Instant.MIN) && now.isBefore(one.failed.plus(PAUSE));
        return !fresh && !failedJustNow;
    }

    private void refresh(Kept one, DidWebvh did, Instant now) {
        HistoryVerdict verdict;
        try {
            verdict = read(did, now);
        } catch (IOException e) {
            // The reason would tell a stranger what this node can reach; its operator may know.
            LOG.info("the history of {} cannot be had: {}", did, String.valueOf(e));
            one.failed = now;
            one.why = "the history of the DID cannot be had";
            return;
        }
        one.failed = now;
        switch (verdict) {
            case HistoryRefused(var flaw, var why) -> {
                // What contradicts itself is not believed for as long as an old copy would last.
                one.document = null;
                one.why = "the history of the DID is refused as " + flaw + ": " + why;
            }
            case DidHistory history when history.isDeactivated() -> {
                one.document = null;
                one.why = "the DID was ended by whom it belongs to";
            }
            case DidHistory history -> {
                met.remember(did.value(), history.latest().id(), now);
                one.document = history.document();
                one.fetched = now;
                one.failed = Instant.MIN;
            }
        }
    }

    private HistoryVerdict read(DidWebvh did, Instant now) throws IOException {
        var log = files.read(did.log());
        var verdict = HistoryReader.read(did, log, null, now);
        if (verdict instanceof HistoryRefused refused
                && refused.flaw() == HistoryFlaw.NOT_WITNESSED)
            verdict = HistoryReader.read(did, log, files.read(did.witnesses()), now);
        if (!(verdict instanceof DidHistory history)) return verdict;
        if (!history.did().equals(did))
            return new HistoryRefused(HistoryFlaw.WRONG_DID, "the DID moved to " + history.did());
        var seen = met.newest(did.value());
        return seen.isPresent() ? history.continuing(seen.get()) : history;
    }
}
