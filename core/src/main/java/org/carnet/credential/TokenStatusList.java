// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A status list as a signed token of type `statuslist+jwt` (Token Status List, draft 20).
///
/// @param uri where it was found, and what its `sub` says
/// @param controller who signed it
/// @param until when it ends, if that is said
public record TokenStatusList(
        String uri,
        String controller,
        int bits,
        Bytes list,
        @Nullable Duration ttl,
        @Nullable Instant until) {
    private static final String TYPE = "statuslist+jwt";
    private static final Set<Integer> BITS = Set.of(1, 2, 4, 8);

    /// A list, or why it is none.
    public sealed interface Reading {}

    public record Read(TokenStatusList list) implements Reading {}

    public record Unreadable(Refused refused) implements Reading {}

    /// An own list, signed.
    public static String sign(
            String uri,
            StatusList list,
            Instant issued,
            Instant expires,
            Duration ttl,
            String method,
            SigningKey key) {
        var claims =
                Json.object()
                        .put("sub", uri)
                        .put("iat", issued.getEpochSecond())
                        .put("exp", expires.getEpochSecond())
                        .put("ttl", ttl.toSeconds());
        claims.putObject("status_list").put("bits", StatusList.TOKEN_BITS).put("lst", list.token());
        return JoseToken.sign(TYPE, claims, method, key);
    }

    /// The list in a token that was found at this URI, if its signature holds and it has not ended.
    public static Reading verify(
            String token, String uri, VerificationMethods methods, Instant now) {
        try {
            var checked = JoseToken.check(token, TYPE, ProofOptions.ASSERTION, methods);
            var claims = checked.claims();
            if (!uri.equals(claims.path("sub").stringValue("")))
                throw flawed("the status list says to be another list");
            if (!claims.path("iat").isIntegralNumber()) throw flawed("the status list has no iat");
            if (claims.has("exp") && now.getEpochSecond() >= claims.path("exp").longValue(0))
                throw new Flawed(Flaw.EXPIRED, "the status list has ended");
            var list = claims.path("status_list");
            int bits = list.path("bits").intValue(0);
            if (!BITS.contains(bits)) throw flawed("the status list has entries of no known size");
            return new Read(
                    new TokenStatusList(
                            uri,
                            checked.controller(),
                            bits,
                            expanded(list.path("lst").stringValue("")),
                            claims.has("ttl")
                                    ? Duration.ofSeconds(
                                            Math.max(0, claims.path("ttl").longValue(0)))
                                    : null,
                            claims.has("exp")
                                    ? Instant.ofEpochSecond(claims.path("exp").longValue(0))
                                    : null));
        } catch (Flawed e) {
            return new Unreadable(e.refused());
        }
    }

    private static Bytes expanded(String lst) throws Flawed {
        try {
            return StatusList.ofToken(lst);
        } catch (IllegalArgumentException e) {
            throw flawed(String.valueOf(e.getMessage()));
        }
    }

    /// What the list says of the entry of a token by this issuer; empty means that it still holds.
    public Optional<Refused> refusal(long index, String issuer) {
        if (!controller.equals(issuer))
            return refused(
                    Flaw.STATUS_INVALID,
                    "the status list is not signed by the issuer of the token");
        return switch (StatusList.tokenAt(list, index, bits)) {
            case 0 -> Optional.empty();
            case 2 -> refused(Flaw.SUSPENDED, "its issuer has suspended it");
            case -1 -> refused(Flaw.STATUS_INVALID, "the status list has no such index");
            default -> refused(Flaw.REVOKED, "its issuer has revoked it");
        };
    }

    private static Optional<Refused> refused(Flaw flaw, String why) {
        return Optional.of(new Refused(flaw, why));
    }

    private static Flawed flawed(String why) {
        return new Flawed(Flaw.STATUS_INVALID, why);
    }
}
