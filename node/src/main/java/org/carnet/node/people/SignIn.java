// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.Bytes;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/// Finds out who wants to sign in, in one of four ways; a password alone is none of them.
///
/// Whether an account exists cannot be told from the answer, nor from how long it takes.
final class SignIn {
    /// Compared with when there is no secret, at the same cost.
    private static final Bytes NOBODY = Bytes.unsafe(new byte[Totp.SECRET_LENGTH]);

    private final Passkeys passkeys;
    private final PasswordStore store;
    private final Passwords passwords;
    private final SecondFactor codes;
    private final SpareKeys spares;
    private final Attempts attempts;
    private final Diary diary;
    private final InstantSource clock;

    SignIn(
            Passkeys passkeys,
            PasswordStore store,
            Passwords passwords,
            SecondFactor codes,
            SpareKeys spares,
            Attempts attempts,
            Diary diary,
            InstantSource clock) {
        this.passkeys = passkeys;
        this.store = store;
        this.passwords = passwords;
        this.codes = codes;
        this.spares = spares;
        this.attempts = attempts;
        this.diary = diary;
        this.clock = clock;
    }

    /// What came of an attempt.
    sealed interface Answer {
        record Proven(String account, Set<String> factors) implements Answer {}

        record Refused() implements Answer {}

        record Wait(Duration time) implements Answer {}
    }

    /// Nobody can use this up for somebody else: it is not counted by account.
    Answer withPasskey(HttpServletRequest request, Site.Name site, JsonNode credential) {
        var wait = attempts.attempt(request);
        if (wait.isPositive()) return new Answer.Wait(wait);
        var proof = passkeys.proven(site, credential);
        return proof.isPresent()
                ? new Answer.Proven(proof.get().account(), proof.get().factors())
                : new Answer.Refused();
    }

    Answer withPassword(HttpServletRequest request, String name, String password, String code) {
        var wait = attempts.attempt(request, name);
        if (wait.isPositive()) return new Answer.Wait(wait);
        var stored = store.find(name);
        boolean knows = passwords.matches(password, stored.map(PasswordStore.Stored::hash));
        var secret = stored.flatMap(known -> codes.open(name, known.totp())).orElse(NOBODY);
        var step = Totp.matchingStep(secret, code, clock.instant());
        if (stored.isPresent()) {
            if (knows && step.isPresent() && store.take(name, step.getAsLong())) {
                return new Answer.Proven(name, Set.of("pwd", "otp", "mfa"));
            }
            diary.failed(name, "password");
        }
        return new Answer.Refused();
    }

    Answer withRecoveryCode(HttpServletRequest request, String name, String code) {
        var wait = attempts.attempt(request);
        if (wait.isPositive()) return new Answer.Wait(wait);
        if (!spares.takeCode(name, code)) return new Answer.Refused();
        diary.enrolled(name, name, Diary.act("recovery-code-used"));
        return new Answer.Proven(name, Set.of("otp"));
    }

    Answer withLink(HttpServletRequest request, Secret link) {
        var wait = attempts.attempt(request);
        if (wait.isPositive()) return new Answer.Wait(wait);
        var account = spares.takeLink(link, clock.instant());
        return account.isPresent()
                ? new Answer.Proven(account.get(), Set.of("otp"))
                : new Answer.Refused();
    }
}
