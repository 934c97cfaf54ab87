// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.carnet.Bytes;
import org.carnet.identity.Jwk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;

/// Checks that a request was made by the holder of a key, for this request alone (RFC 9449 section 4.3).
final class DpopProofs {
    /// How far from now the time of a proof may lie.
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int LONGEST_ID = 128;

    private final Replays replays;
    private final InstantSource clock;

    DpopProofs(InstantSource clock) {
        this.replays = new Replays(WINDOW, clock);
        this.clock = clock;
    }

    /// The thumbprint of the key that proved itself.
    ///
    /// @param proof the one `DPoP` header
    /// @param url the request's own address, without query and fragment
    /// @param token the access token that the proof has to be bound to
    /// @throws IllegalArgumentException with one sentence that says what is wrong
    String require(String proof, String method, String url, String token) {
        var ath = SignedToken.parse(proof).text("ath");
        require(ath.equals(sha256(token)), "it is for another token");
        return require(proof, method, url);
    }

    /// The same where there is no token yet.
    String require(String proof, String method, String url) {
        var read = SignedToken.parse(proof);
        require(read.type().equals("dpop+jwt"), "its typ is not dpop+jwt");
        var key = Jwk.key(read.header.path("jwk"));
        require(read.isSignedBy(key), "its signature is not of its key");
        require(read.text("htm").equals(method), "it is for another method");
        require(read.text("htu").equals(url), "it is for another address");
        var id = read.text("jti");
        require(!id.isEmpty() && id.length() <= LONGEST_ID, "it has no jti");
        var made = read.time("iat").orElseThrow(() -> refused("it has no iat"));
        var apart = Duration.between(made, clock.instant()).abs();
        require(apart.compareTo(WINDOW) <= 0, "it is older or newer than a minute");
        var thumbprint = Jwk.thumbprint(key.did());
        require(replays.isFirst(thumbprint + id, made), "it was shown before");
        return thumbprint;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) throw refused(otherwise);
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("the DPoP proof is refused: " + why);
    }

    static String sha256(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            return Bytes.unsafe(hash.digest(text.getBytes(StandardCharsets.US_ASCII)))
                    .toBase64Url();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
