// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.platforms;

import org.carnet.Bytes;
import org.carnet.credential.KeyBinding;
import org.carnet.did.DidWebvh;
import org.carnet.exchange.ContentDigest;
import org.carnet.exchange.DoubleVerifier;
import org.carnet.exchange.DoublyVerified;
import org.carnet.exchange.ExchangeRefused;
import org.carnet.exchange.PlatformRequest;
import org.carnet.jose.Json;
import org.carnet.log.Record;
import org.carnet.node.fetch.Fetcher;
import org.carnet.node.points.Certifications;
import org.carnet.node.points.Exchanges;
import org.carnet.node.points.PlatformIdentity;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;

/// Where platforms meet: makes the requests of this one, and verifies those of others (docs/wire/double-verification.md).
///
/// What another platform proved, or failed to after it had proved who it is, is on the record before it learns of it.
final class Desk implements Exchanges {
    private static final int LONGEST_ANSWER = 1 << 20;
    private static final int NONCE = 16;

    private static final String PATH = "exchange";

    private final PlatformIdentity self;
    private final Certifications certifications;
    private final DoubleVerifier verifier;
    private final Fetcher web;
    private final Diary diary;
    private final SecureRandom random;
    private final InstantSource clock;

    Desk(
            PlatformIdentity self,
            Certifications certifications,
            DoubleVerifier verifier,
            Fetcher web,
            Diary diary,
            SecureRandom random,
            InstantSource clock) {
        this.self = self;
        this.certifications = certifications;
        this.verifier = verifier;
        this.web = web;
        this.diary = diary;
        this.random = random;
        this.clock = clock;
    }

    /// What came of a request: both proofs hold, or what failed.
    ///
    /// @param record where it stands; empty if nobody proved to have sent it
    sealed interface Outcome {
        OptionalLong record();
    }

    record Accepted(DoublyVerified proven, OptionalLong record) implements Outcome {}

    record Refused(ExchangeRefused why, OptionalLong record) implements Outcome {}

    /// The address of a platform for such requests, as it names itself.
    ///
    /// @throws IllegalArgumentException if its DID names no place
    static URI address(String platform) {
        return DidWebvh.parse(platform).base().resolve(PATH);
    }

    @Override
    public Answer ask(String platform, Bytes body, Avatar avatar) {
        var certification = certifications.own();
        if (certification.isEmpty())
            return new Unanswered("no certifier vouches for this platform");
        URI address;
        try {
            address = address(platform);
        } catch (IllegalArgumentException e) {
            return new Unanswered("the platform cannot be asked: " + e.getMessage());
        }
        var now = clock.instant();
        var current = self.current();
        var occasion =
                new KeyBinding(
                        platform, nonce(), now, List.of(ContentDigest.of(body).transaction()));
        var request =
                PlatformRequest.sign(
                        "POST",
                        address.toString(),
                        body,
                        occasion.nonce(),
                        new PlatformRequest.Platform(
                                current.key(), current.keyId(), certification.getFirst()),
                        avatar.present(occasion),
                        now);
        var fields = new LinkedHashMap<>(request.fields());
        fields.put("content-type", "application/json");
        try {
            var answer = web.post(address, fields, body, LONGEST_ANSWER);
            return new Answered(answer.status(), answer.body());
        } catch (IOException e) {
            return new Unanswered("the platform does not answer");
        }
    }

    private String nonce() {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        return Bytes.unsafe(nonce).toBase64Url();
    }

    /// Verifies a request that was sent to this platform.
    Outcome verify(PlatformRequest request) {
        return switch (verifier.verify(request, clock.instant())) {
            case ExchangeRefused refused -> new Refused(refused, recorded(refused));
            case DoublyVerified proven -> new Accepted(proven, OptionalLong.of(recorded(proven)));
        };
    }

    /// Whoever proved nothing is not worth a record: anybody could fill the log.
    private OptionalLong recorded(ExchangeRefused refused) {
        var platform = refused.platform();
        if (platform == null) return OptionalLong.empty();
        var act = Json.object().put("act", "refused").put("platform", platform);
        act.put("flaw", refused.flaw().code()).put("why", refused.why());
        return OptionalLong.of(
                diary.append(Record.Kind.VERIFIED, platform, platform, platform, act));
    }

    /// Under the avatar's keys, so that it can be forgotten.
    private long recorded(DoublyVerified proven) {
        var avatar = proven.avatar().value();
        var act = Json.object().put("act", "verified").put("platform", proven.platform());
        act.put("certifier", proven.certifier()).put("avatar", avatar);
        act.put("body", ContentDigest.of(proven.body()).transaction());
        act.set("shown", Shown.of(proven.credential()));
        return diary.append(Record.Kind.VERIFIED, avatar, proven.platform(), avatar, act);
    }
}
