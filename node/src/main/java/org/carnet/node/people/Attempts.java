// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.carnet.Bytes;
import org.carnet.node.access.SessionCookie;
import org.carnet.node.access.Throttle;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// What is counted when somebody tries to sign in with a password, so that guessing is slow and nobody is locked out.
///
/// A browser in which the person signed in before carries a mark for it, and is counted for itself: whatever strangers
/// try elsewhere, it may go on. Strangers are counted by account and source, by source, and together by account; the
/// last makes them wait a minute at most, and passkeys are never counted by account.
final class Attempts {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration LONGEST_TOGETHER = Duration.ofMinutes(1);
    private static final Duration MARK = Duration.ofDays(180);
    private static final int IPV6_NETWORK = 8;

    private final Throttle throttle;
    private final SessionCookie marks;
    private final Vault vault;

    /// @param marks the cookie of browsers in which somebody signed in before
    Attempts(Throttle throttle, SessionCookie marks, Vault vault) {
        this.throttle = throttle;
        this.marks = marks;
        this.vault = vault;
    }

    /// Zero if the attempt may be examined now.
    Duration attempt(HttpServletRequest request, String account) {
        return throttle.attempt(buckets(request, account));
    }

    /// The same for what cannot be guessed: only the source is counted.
    Duration attempt(HttpServletRequest request) {
        return throttle.attempt(
                List.of(new Throttle.Bucket("proofs " + source(request), 60, LONGEST_TOGETHER)));
    }

    /// Remembers that the person signed in with this browser.
    void succeeded(HttpServletRequest request, HttpServletResponse response, String account) {
        // What was tried from this source for other accounts stays counted.
        throttle.succeeded(buckets(request, account).stream().filter(own(account)).toList());
        marks.set(request, response, mark(account), MARK);
    }

    private List<Throttle.Bucket> buckets(HttpServletRequest request, String account) {
        if (isMarked(request, account)) {
            return List.of(new Throttle.Bucket("known " + account, 10, LONGEST));
        }
        var source = source(request);
        return List.of(
                new Throttle.Bucket("both " + account + " " + source, 5, LONGEST),
                new Throttle.Bucket("source " + source, 50, LONGEST),
                new Throttle.Bucket("account " + account, 20, LONGEST_TOGETHER));
    }

    private static Predicate<Throttle.Bucket> own(String account) {
        return bucket -> (bucket.key() + " ").contains(" " + account + " ");
    }

    private boolean isMarked(HttpServletRequest request, String account) {
        return marks.in(request)
                .filter(
                        given ->
                                MessageDigest.isEqual(
                                        Bytes.utf8(given).unsafeArray(),
                                        Bytes.utf8(mark(account)).unsafeArray()))
                .isPresent();
    }

    private String mark(String account) {
        return vault.mac("known browser", account).toBase64Url();
    }

    /// An address; of IPv6 the network, in which a machine may take any address.
    private static String source(HttpServletRequest request) {
        var address = InetAddress.ofLiteral(request.getRemoteAddr());
        if (!(address instanceof Inet6Address)) return address.getHostAddress();
        return Bytes.copyOf(Arrays.copyOf(address.getAddress(), IPV6_NETWORK)).toHex();
    }
}
