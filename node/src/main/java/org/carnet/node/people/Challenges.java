// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.Bytes;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Challenges for passkeys, each good for one purpose, a few minutes and one answer.
///
/// ```text
/// random 16 | expiry u64 ms | first 16 bytes of a MAC of both, the purpose and this start of the node
/// ```
/// Nothing is kept of a challenge until it is answered well, so asking for many costs the node no memory.
final class Challenges {
    private static final int RANDOM = 16;
    private static final int SIGNED = RANDOM + Long.BYTES;
    private static final int MAC = 16;
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Vault vault;
    private final SecureRandom random;
    private final InstantSource clock;
    private final String start;
    private final Map<Bytes, Instant> answered = new HashMap<>();

    Challenges(Vault vault, SecureRandom random, InstantSource clock) {
        this.vault = vault;
        this.random = random;
        this.clock = clock;
        this.start = Secret.random(random).text();
    }

    Bytes issue(String purpose) {
        var nonce = new byte[RANDOM];
        random.nextBytes(nonce);
        var challenge = ByteBuffer.allocate(SIGNED + MAC).put(nonce);
        challenge.putLong(clock.instant().plus(LIFETIME).toEpochMilli());
        var signed = Bytes.copyOf(challenge.array()).slice(0, SIGNED);
        challenge.put(mac(purpose, signed).unsafeArray());
        return Bytes.unsafe(challenge.array());
    }

    /// Whether it was issued for this purpose, a short while ago, and nothing was answered to it yet.
    synchronized boolean open(String purpose, Bytes challenge) {
        if (challenge.length() != SIGNED + MAC || answered.containsKey(challenge)) return false;
        var signed = challenge.slice(0, SIGNED);
        var given = challenge.slice(SIGNED, SIGNED + MAC);
        return MessageDigest.isEqual(mac(purpose, signed).unsafeArray(), given.unsafeArray())
                && clock.instant().isBefore(expiry(challenge));
    }

    /// Takes the answer, if nobody was faster.
    synchronized boolean answer(String purpose, Bytes challenge) {
        if (!open(purpose, challenge)) return false;
        var now = clock.instant();
        answered.values().removeIf(now::isAfter);
        answered.put(challenge, expiry(challenge));
        return true;
    }

    private Bytes mac(String purpose, Bytes signed) {
        return vault.mac("challenge " + start, purpose + ' ' + signed.toHex()).slice(0, MAC);
    }

    private static Instant expiry(Bytes challenge) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(challenge.toArray()).getLong(RANDOM));
    }
}
