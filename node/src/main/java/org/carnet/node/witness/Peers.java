// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;
import org.carnet.log.LogVerifier;
import org.carnet.log.NoteVerifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/// The connected platforms: met once, pinned by their keys, and known again after a restart.
final class Peers implements PeerDirectory {
    /// What came of meeting a platform.
    sealed interface Meeting {
        record Met(Peer peer) implements Meeting {}

        record Refused(String why) implements Meeting {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final int MOST_ANNOUNCED = 64;
    private static final int MOST = 256;

    private final PeerStore store;
    private final Function<URI, Link> links;
    private final String self;
    private final Set<URI> configured;
    private final InstantSource clock;
    private final Map<String, Peer> known = new ConcurrentSkipListMap<>();
    private final Map<URI, String> unmet = new ConcurrentHashMap<>();

    /// @param self the origin of this node's own log
    /// @param configured the addresses that the settings name
    Peers(
            PeerStore store,
            Function<URI, Link> links,
            String self,
            Set<URI> configured,
            InstantSource clock) {
        this.store = store;
        this.links = links;
        this.self = self;
        this.configured = Set.copyOf(configured);
        this.clock = clock;
        for (var peer : store.all()) {
            if (isWanted(peer)) known.put(peer.origin(), peer);
        }
        for (var url : configured) unmet.put(url, "not met yet");
    }

    /// One that the settings do not name any more rests, with its keys pinned.
    private boolean isWanted(Peer peer) {
        return peer.source() != Peer.Source.SETTINGS || configured.contains(peer.url());
    }

    @Override
    public List<Peer> all() {
        return List.copyOf(known.values());
    }

    @Override
    public Optional<Peer> of(String origin) {
        return Optional.ofNullable(known.get(origin));
    }

    @Override
    public Link link(Peer peer) {
        return links.apply(peer.url());
    }

    /// The addresses of the settings where no platform was met yet, each with the reason.
    Map<URI, String> unmet() {
        return Map.copyOf(unmet);
    }

    /// Tries to meet those of the settings that were not met since the start; this also finds keys that changed.
    void meetConfigured() {
        for (var url : List.copyOf(unmet.keySet())) {
            try {
                switch (meet(url, Peer.Source.SETTINGS, Optional.empty())) {
                    case Meeting.Met _ -> unmet.remove(url);
                    case Meeting.Refused refused -> unmet.put(url, refused.why());
                }
            } catch (IOException e) {
                unmet.put(url, String.valueOf(e.getMessage()));
            }
        }
    }

    /// Reads the keys of the platform at an address and pins them.
    ///
    /// @param did who announces it, if it was announced
    /// @throws IOException if it cannot be reached, or shows no keys
    Meeting meet(URI url, Peer.Source source, Optional<DidKey> did) throws IOException {
        var link = links.apply(url);
        LogVerifier log;
        List<NoteVerifier> witness;
        try {
            log = LogVerifier.parse(link.get("log.vkey"));
            witness = keys(link);
        } catch (IllegalArgumentException malformed) {
            throw new IOException(url + " shows no keys: " + malformed.getMessage(), malformed);
        }
        if (log.name().equals(self)) return new Meeting.Refused("it has the origin of this node");
        try {
            return pin(new Peer(url, log, witness, did, source, clock.instant()));
        } catch (IllegalArgumentException malformed) {
            return new Meeting.Refused(String.valueOf(malformed.getMessage()));
        }
    }

    private static List<NoteVerifier> keys(Link link) throws IOException {
        Bytes lines;
        try {
            lines = link.get("witness.vkey");
        } catch (NoSuchFileException noWitness) {
            return List.of();
        }
        return LogVerifier.parse(lines).keys();
    }

    private synchronized Meeting pin(Peer peer) {
        var pinned =
                store.all().stream().filter(old -> old.origin().equals(peer.origin())).findFirst();
        if (pinned.isEmpty()) {
            boolean announced = peer.source() == Peer.Source.ANNOUNCED;
            if (known.size() >= MOST || (announced && announced() >= MOST_ANNOUNCED)) {
                return new Meeting.Refused("this node witnesses as many logs as it can");
            }
            return keep(peer);
        }
        var old = pinned.get();
        if (!old.log().equals(peer.log()) || !vkeys(old).equals(vkeys(peer))) {
            LOG.warn("{} shows other keys for {} than it had", peer.url(), peer.origin());
            return new Meeting.Refused("it shows other keys than it had, and they are pinned");
        }
        if (peer.source() != Peer.Source.ANNOUNCED) {
            return keep(
                    new Peer(
                            peer.url(),
                            old.log(),
                            old.witness(),
                            old.did(),
                            peer.source(),
                            old.since()));
        }
        if (!old.url().equals(peer.url())
                && (old.did().isEmpty() || !old.did().equals(peer.did()))) {
            return new Meeting.Refused(
                    "it is known by another address, and only it may say that it moved");
        }
        return keep(
                new Peer(
                        peer.url(),
                        old.log(),
                        old.witness(),
                        old.did(),
                        old.source(),
                        old.since()));
    }

    private Meeting keep(Peer peer) {
        store.save(peer);
        known.put(peer.origin(), peer);
        return new Meeting.Met(peer);
    }

    private long announced() {
        return known.values().stream()
                .filter(peer -> peer.source() == Peer.Source.ANNOUNCED)
                .count();
    }

    private static List<String> vkeys(Peer peer) {
        return peer.witness().stream().map(NoteVerifier::vkey).toList();
    }

    /// Forgets a platform and its keys; one that the settings name comes back with the next start.
    synchronized boolean forget(String origin) {
        if (known.remove(origin) == null) return false;
        store.delete(origin);
        return true;
    }
}
