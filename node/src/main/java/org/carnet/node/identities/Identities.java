// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.identities;

import org.carnet.Bytes;
import org.carnet.credential.AvatarCredential;
import org.carnet.credential.KeyBinding;
import org.carnet.credential.SdJwt;
import org.carnet.credential.SdJwtIssuance;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.carnet.log.Record;
import org.carnet.node.points.AvatarIdentities;
import org.carnet.node.points.PlatformIdentity;
import org.carnet.node.points.Secrets;
import org.carnet.node.points.StatusEntries;

import tools.jackson.databind.node.ObjectNode;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Gives avatars identities at other platforms, presents them there, and ends them.
///
/// This platform issues the credential and holds the avatar's key for its owner, sealed under the owner's keys: it could
/// present the avatar without being asked, and its record would say so or its log would lack what the other platform has.
/// Every act is on the record, under the owner's key, before it takes effect.
final class Identities implements AvatarIdentities {
    /// A copy that ends sooner is issued anew before it is shown.
    private static final Duration SOON = Duration.ofDays(2);

    private final IdentityStore store;
    private final Secrets secrets;
    private final StatusEntries statuses;
    private final PlatformIdentity platform;
    private final Diary diary;
    private final SecureRandom random;
    private final InstantSource clock;

    Identities(
            IdentityStore store,
            Secrets secrets,
            StatusEntries statuses,
            PlatformIdentity platform,
            Diary diary,
            SecureRandom random,
            InstantSource clock) {
        this.store = store;
        this.secrets = secrets;
        this.statuses = statuses;
        this.platform = platform;
        this.diary = diary;
        this.random = random;
        this.clock = clock;
    }

    /// What an avatar is to be to a platform.
    ///
    /// @param alias what that platform knows the thing by; empty for an identifier of this node's choice
    record Wish(
            String owner,
            Optional<String> avatar,
            Optional<DidKey> thing,
            String platform,
            Optional<DidKey> alias,
            Identity.Terms terms) {}

    /// A presentation, and the record of it.
    record Shown(SdJwt presentation, long record) {}

    /// @param by who asked for it
    synchronized Identity create(Wish wish, String by) {
        var now = clock.instant();
        var key = SigningKey.generate(Algorithm.ED25519, random);
        var id = id();
        var entry = statuses.allocate(id, platform.current().did());
        var identity =
                new Identity(
                        id,
                        wish.owner(),
                        wish.avatar(),
                        wish.thing(),
                        wish.platform(),
                        key.did(),
                        wish.thing().map(thing -> alias(thing, wish)),
                        new Identity.Place(entry.list(), entry.index()),
                        wish.terms(),
                        AvatarCredential.day(now).plus(AvatarCredential.LIFETIME));
        var holding = new Holding(key, issue(identity, key.did(), now));
        diary.append(Record.Kind.ISSUED, identity, by, told("identity", identity));
        store.insert(identity, seal(identity, holding), now);
        return identity;
    }

    private String id() {
        var id = new byte[16];
        random.nextBytes(id);
        return Bytes.unsafe(id).toBase64Url();
    }

    private DidKey alias(DidKey thing, Wish wish) {
        return wish.alias()
                .or(() -> store.alias(thing, wish.platform()))
                .orElseGet(() -> SigningKey.generate(Algorithm.ED25519, random).did());
    }

    private SdJwt issue(Identity identity, DidKey did, Instant now) {
        var self = platform.current();
        var day = AvatarCredential.day(now);
        var credential =
                new AvatarCredential(
                        did,
                        identity.alias().map(DidKey::value),
                        secrets.standIn(identity.owner(), "owner at " + identity.platform())
                                .toBase64Url(),
                        identity.avatar(),
                        day,
                        day.plus(AvatarCredential.LIFETIME));
        var issuance = new SdJwtIssuance(self.key(), self.keyId(), random::nextBytes);
        var place = identity.place();
        return credential.issue(issuance, self.did(), place.list(), place.entry());
    }

    private Bytes seal(Identity identity, Holding holding) {
        return secrets.seal(identity.owner(), "identity " + identity.id(), holding.bytes());
    }

    /// What stands in the record, sealed under the owner's key.
    private static ObjectNode told(String act, Identity identity) {
        var json = Json.object().put("act", act).put("identity", identity.id());
        identity.avatar().ifPresent(avatar -> json.put("avatar", avatar));
        identity.thing().ifPresent(thing -> json.put("thing", thing.value()));
        json.put("platform", identity.platform()).put("did", identity.did().value());
        identity.alias().ifPresent(alias -> json.put("alias", alias.value()));
        return terms(json, identity.terms());
    }

    private static ObjectNode terms(ObjectNode json, Identity.Terms terms) {
        var shows = json.putArray("shows");
        terms.shows().forEach(shows::add);
        terms.standing().ifPresent(until -> json.put("standing", until.toString()));
        return json;
    }

    /// Changes what may be shown, and until when this platform may do so by itself.
    synchronized Identity change(Identity identity, Identity.Terms terms, String by) {
        var changed = identity.with(terms);
        diary.append(Record.Kind.PERMITTED, identity, by, told("terms", changed));
        store.change(identity.id(), terms);
        return changed;
    }

    /// Shows some claims of the avatar to its platform, on one occasion and about one body.
    ///
    /// @param occasion for whom, the nonce, when, and the digests that the avatar agrees to
    /// @throws IllegalArgumentException if the owner does not let these claims be shown, or there is no such claim
    /// @throws IllegalStateException if the owner was forgotten meanwhile
    synchronized Shown present(
            Identity identity, Collection<String> claims, KeyBinding occasion, String by) {
        if (!identity.terms().shows().containsAll(claims))
            throw new IllegalArgumentException(
                    "the owner lets only " + identity.terms().shows() + " be shown there");
        var holding = current(identity, occasion.issuedAt(), by);
        var sorted = new TreeSet<>(claims);
        var shown =
                holding.credential()
                        .showing(sorted.stream().map(claim -> "/" + claim).toList())
                        .bind(holding.key(), occasion);
        var act = Json.object().put("act", "presented").put("identity", identity.id());
        act.put("platform", identity.platform()).put("nonce", occasion.nonce());
        occasion.transactions().forEach(act.putArray("bodies")::add);
        sorted.forEach(act.putArray("shown")::add);
        long record = diary.append(Record.Kind.PRESENTED, identity, by, act);
        store.shown(identity.id(), sorted, occasion.issuedAt(), record);
        return new Shown(shown, record);
    }

    /// What is held for the avatar; a credential that ends soon is issued anew, for the same key and the same place.
    private Holding current(Identity identity, Instant now, String by) {
        var holding =
                store.sealed(identity.id())
                        .flatMap(bytes -> secrets.open("identity " + identity.id(), bytes))
                        .map(Holding::of)
                        .orElseThrow(() -> new IllegalStateException("the identity is gone"));
        if (now.isBefore(identity.expires().minus(SOON))) return holding;
        var renewed = new Holding(holding.key(), issue(identity, holding.key().did(), now));
        diary.append(Record.Kind.ISSUED, identity, by, told("renewed", identity));
        store.renew(
                identity.id(),
                seal(identity, renewed),
                AvatarCredential.day(now).plus(AvatarCredential.LIFETIME));
        return renewed;
    }

    /// Ends an identity for good: its credential is revoked, its key destroyed.
    synchronized void end(Identity identity, String by) {
        diary.append(Record.Kind.REVOKED, identity, by, told("ended", identity));
        remove(identity);
    }

    private void remove(Identity identity) {
        statuses.revoke(identity.id());
        store.delete(identity.id());
    }

    @Override
    public int endOf(String owner, DidKey thing, String by) {
        var wanted =
                new IdentityStore.Wanted(
                        Optional.of(owner),
                        Optional.empty(),
                        Optional.of(thing.value()),
                        Optional.empty(),
                        Optional.empty());
        var all = store.list(wanted, Integer.MAX_VALUE);
        all.forEach(identity -> end(identity, by));
        return all.size();
    }

    /// Ends all of an owner who is forgotten; the tombstone stands for the record.
    synchronized int forget(String owner) {
        List<Identity> all = store.list(IdentityStore.Wanted.ofOwner(owner), Integer.MAX_VALUE);
        all.forEach(this::remove);
        return all.size();
    }
}
