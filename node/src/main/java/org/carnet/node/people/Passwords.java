// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/// Passwords: long enough, none that everybody tries first, kept as Argon2id (RFC 9106).
///
/// There are no rules of composition, which make people choose worse ones (NIST SP 800-63B section 5.1.1).
final class Passwords {
    static final int SHORTEST = 12;
    static final int LONGEST = 200;

    private final SecureRandom random;

    /// So many are hashed at once; others wait, so that guesses do not take the memory from everybody else.
    private final Semaphore turns = new Semaphore(4);

    private final Set<String> common = common();

    /// Compared with when there is none: a name that nobody has takes as long as one that somebody has.
    private final String nobody;

    Passwords(SecureRandom random) {
        this.random = random;
        this.nobody = Argon2.hash("nobody has this password", random);
    }

    /// Why this cannot be a password of the account, or nothing.
    Optional<String> objection(String password, String account) {
        var plain = normal(password);
        int length = plain.codePointCount(0, plain.length());
        if (length < SHORTEST) {
            return Optional.of("A password has at least " + SHORTEST + " characters.");
        }
        if (length > LONGEST) {
            return Optional.of("A password has at most " + LONGEST + " characters.");
        }
        var folded = plain.toLowerCase(Locale.ROOT);
        if (common.contains(folded) || folded.contains(account) || monotonous(folded)) {
            return Optional.of("This password is one of the first that somebody would try.");
        }
        return Optional.empty();
    }

    String hash(String password) {
        turns.acquireUninterruptibly();
        try {
            return Argon2.hash(normal(password), random);
        } finally {
            turns.release();
        }
    }

    /// Whether this is the password; takes as long when there is none.
    boolean matches(String password, Optional<String> hash) {
        turns.acquireUninterruptibly();
        try {
            return Argon2.matches(normal(password), hash.orElse(nobody)) && hash.isPresent();
        } finally {
            turns.release();
        }
    }

    /// The same text typed on different machines is the same password.
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    private static boolean monotonous(String text) {
        return text.chars().distinct().count() < 4;
    }

    private static Set<String> common() {
        try (var list = Passwords.class.getResourceAsStream("common-passwords.txt");
                var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        Objects.requireNonNull(list), StandardCharsets.UTF_8))) {
            return lines.lines().collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("the list of common passwords cannot be read", e);
        }
    }
}
