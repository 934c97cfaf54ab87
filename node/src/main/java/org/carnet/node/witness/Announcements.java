// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.Bytes;
import org.carnet.envelope.GatewayProof;
import org.carnet.envelope.Refused;
import org.carnet.identity.DidKey;
import org.carnet.node.settings.Settings;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Predicate;

/// Takes the announcement of a platform that knows this node and is not known by it, so that both can witness.
///
/// The platform proves its key with a [GatewayProof] made out to this node's origin, whose number is the SHA-256 of the
/// body, so that neither can be used again or with another body. An announced address is called only if it is the one
/// that the announcement came from: nobody can have this node call somebody else.
final class Announcements {
    /// What became of an announcement.
    sealed interface Answer {
        record Welcome(Peer peer) implements Answer {}

        /// The proof does not hold.
        record Unproven(String why) implements Answer {}

        record Declined(String why) implements Answer {}
    }

    static final String PATH = "witness/announcements";

    private static final int MOST_REMEMBERED = 10_000;
    private static final int MOST_BYTES = 4096;

    private final Peers peers;
    private final Settings.Announcements accepted;
    private final Predicate<DidKey> gateways;
    private final String self;
    private final InstantSource clock;
    private final LinkedHashMap<String, Instant> used = new LinkedHashMap<>();

    /// @param gateways whose things send to this node
    /// @param self the origin of this node's log
    Announcements(
            Peers peers,
            Settings.Announcements accepted,
            Predicate<DidKey> gateways,
            String self,
            InstantSource clock) {
        this.peers = peers;
        this.accepted = accepted;
        this.gateways = gateways;
        this.self = self;
        this.clock = clock;
    }

    /// What a platform sends to announce itself.
    ///
    /// @param time makes each different
    static Bytes body(URI url, Instant time) {
        var json = JsonMapper.shared().createObjectNode();
        return Bytes.utf8(json.put("url", url.toString()).put("time", time.toString()).toString());
    }

    /// The number of the proof that belongs to a body.
    static String number(Bytes body) {
        return WitnessFiles.hash(body.toUtf8());
    }

    Answer hear(Bytes body, String proof, InetAddress caller) {
        if (body.length() > MOST_BYTES) return new Answer.Declined("it is too long");
        return switch (GatewayProof.verify(proof, self, clock.instant())) {
            case Refused refused -> new Answer.Unproven(refused.detail());
            case GatewayProof proven -> {
                if (!proven.id().equals(number(body))) {
                    yield new Answer.Unproven("the proof is not of this body");
                }
                if (!isFirstUse(proven)) yield new Answer.Unproven("the proof was used before");
                yield admit(body, proven.gateway(), caller);
            }
        };
    }

    private Answer admit(Bytes body, DidKey who, InetAddress caller) {
        boolean welcome =
                switch (accepted) {
                    case KNOWN -> gateways.test(who) || isPeer(who);
                    case ANYBODY -> true;
                    case NOBODY -> false;
                };
        if (!welcome) return new Answer.Declined("this node takes no announcement of " + who);
        try {
            var url = url(body);
            if (url.isEmpty()) return new Answer.Declined("it names no address of a platform");
            if (!comesFrom(url.get(), caller)) {
                return new Answer.Declined("it does not come from the address that it names");
            }
            return switch (peers.meet(url.get(), Peer.Source.ANNOUNCED, Optional.of(who))) {
                case Peers.Meeting.Met met -> new Answer.Welcome(met.peer());
                case Peers.Meeting.Refused refused -> new Answer.Declined(refused.why());
            };
        } catch (IOException e) {
            // Not why: the answer of an address is no business of who named it.
            return new Answer.Declined("there is no platform at the address");
        }
    }

    private boolean isPeer(DidKey who) {
        return peers.all().stream().anyMatch(peer -> peer.did().equals(Optional.of(who)));
    }

    private static Optional<URI> url(Bytes body) {
        try {
            var json = JsonMapper.shared().readTree(body.toUtf8());
            return PeerUrl.parse(json.path("url").asString(""));
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    private static boolean comesFrom(URI url, InetAddress caller) throws UnknownHostException {
        return Arrays.asList(InetAddress.getAllByName(url.getHost())).contains(caller);
    }

    private synchronized boolean isFirstUse(GatewayProof proof) {
        var now = clock.instant();
        used.values().removeIf(until -> until.isBefore(now));
        if (used.size() >= MOST_REMEMBERED) return false;
        return used.putIfAbsent(proof.gateway().value() + ' ' + proof.id(), proof.expires())
                == null;
    }
}
