// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Pseudonym;
import org.carnet.node.points.Keys.Range;

import java.lang.invoke.VarHandle;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The keys of one subject in one epoch: one seals its details, the other gives what it is told in the log its pseudonyms.
///
/// Once both are destroyed, what was sealed is unreadable and nobody can tell any more whom the records are about.
public final class SubjectKey {
    static final int SECRET_LENGTH = 64;

    /// The start of the epoch of keys that seal the state of agents, which has no time.
    static final long STATE = -1;

    /// The start of the epoch of a key that lives as long as its subject, whatever range of time is forgotten.
    static final long KEPT = -2;

    private static final int HALF = SECRET_LENGTH / 2;

    private final long id;
    private final long from;
    private final long until;
    private final byte[] secret;
    private volatile boolean destroyed;

    /// For who keeps keys in memory alone; otherwise the database knows.
    private volatile boolean closed;

    /// A key for all times.
    ///
    /// @param secret the sealing key and the pseudonym key, 32 bytes each
    SubjectKey(long id, byte[] secret) {
        this(id, 0, Long.MAX_VALUE, secret);
    }

    /// @param from the first millisecond of its epoch
    /// @param until the first millisecond of the next
    SubjectKey(long id, long from, long until, byte[] secret) {
        if (secret.length != SECRET_LENGTH) {
            throw new IllegalArgumentException("a subject's keys have 64 bytes together");
        }
        this.id = id;
        this.from = from;
        this.until = until;
        this.secret = secret.clone();
    }

    static byte[] generate(SecureRandom random) {
        var secret = new byte[SECRET_LENGTH];
        random.nextBytes(secret);
        return secret;
    }

    public long id() {
        return id;
    }

    /// The first instant of its epoch.
    public Instant from() {
        return Instant.ofEpochMilli(from);
    }

    /// The first instant after its epoch.
    public Instant until() {
        return Instant.ofEpochMilli(until);
    }

    boolean isState() {
        return from == STATE;
    }

    /// Whether it seals no records, so that no range of time means it.
    boolean isTimeless() {
        return from < 0;
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    boolean touches(Range range) {
        return from().isBefore(range.until()) && until().isAfter(range.from());
    }

    boolean liesIn(Range range) {
        return !from().isBefore(range.from()) && !until().isAfter(range.until());
    }

    boolean covers(long millis) {
        return from <= millis && millis < until;
    }

    /// @throws KeyDestroyed if it was
    SecretKey sealing() {
        return whole(new SecretKeySpec(secret, 0, HALF, "AES"));
    }

    /// The stand-in for an identifier in the records of this subject: HMAC-SHA256, cut to 16 bytes.
    public Pseudonym pseudonym(String identifier) {
        var mac = Crypto.hmacSha256(whole(new SecretKeySpec(secret, HALF, HALF, "HmacSHA256")));
        var code = mac.doFinal(Bytes.utf8(identifier).unsafeArray());
        return new Pseudonym(Bytes.unsafe(Arrays.copyOf(code, Pseudonym.LENGTH)));
    }

    /// What was copied from the secret, unless zeros may be among it.
    private SecretKey whole(SecretKey copied) {
        // The secret was read before this, and it is zeroed after the flag is set.
        VarHandle.acquireFence();
        if (destroyed) throw new KeyDestroyed(id);
        return copied;
    }

    /// Overwrites the secret with zeros; whoever asks for it afterwards gets nothing.
    void destroy() {
        destroyed = true;
        VarHandle.fullFence();
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
