// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.Bytes;
import org.carnet.attestation.AttestationRefused;
import org.carnet.attestation.AttestationVerifier;
import org.carnet.attestation.Attested;
import org.carnet.attestation.Evidence;
import org.carnet.identity.DidKey;
import org.carnet.node.things.Registrar.Outcome;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Devices that ask to be claimed, each until its owner says the code that it shows, or it is out of date.
///
/// A device asks, is given a nonce, attests once, and shows the code that it is given for it. Nothing of it is kept before
/// an owner confirms; a restart lets go of all. How many may wait is bounded, so that strangers cannot fill the memory.
final class Claims {
    static final Duration LIFETIME = Duration.ofMinutes(10);
    static final int MOST = 1000;

    private static final int BYTES = 16;
    private static final int CODE_LETTERS = 8;

    /// No vowels, so that no code is a word, and nothing that is easily mistaken (RFC 8628 section 6.1).
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

    /// @param nonce what the device has to attest with
    record Asked(String id, Bytes nonce, Instant until) {}

    /// A device that attested; its owner is still to say so.
    ///
    /// @param request what is to be registered, but for the owner
    record Waiting(String code, Attested device, ObjectNode request, Instant until) {}

    /// What came of an attestation.
    sealed interface Attestation {
        record Shown(Waiting waiting) implements Attestation {}

        record Refused(AttestationRefused why) implements Attestation {}

        /// There is no such claim, or it attested before.
        record Unknown() implements Attestation {}

        /// The device has an owner already.
        record Taken() implements Attestation {}
    }

    private static final class Claim {
        private final Asked asked;
        private boolean attested;
        private @Nullable Waiting waiting;
        private @Nullable DidKey claimed;

        Claim(Asked asked) {
            this.asked = asked;
        }
    }

    private final AttestationVerifier verifier;
    private final Registrar registrar;
    private final Guesses guesses;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<String, Claim> claims = new LinkedHashMap<>();

    Claims(
            AttestationVerifier verifier,
            Registrar registrar,
            Guesses guesses,
            SecureRandom random,
            InstantSource clock) {
        this.verifier = verifier;
        this.registrar = registrar;
        this.guesses = guesses;
        this.random = random;
        this.clock = clock;
    }

    /// A new claim; empty if too many wait.
    synchronized Optional<Asked> ask() {
        var now = clock.instant();
        claims.values().removeIf(claim -> !now.isBefore(claim.asked.until()));
        if (claims.size() >= MOST) return Optional.empty();
        var asked = new Asked(bytes().toBase64Url(), bytes(), now.plus(LIFETIME));
        claims.put(asked.id(), new Claim(asked));
        return Optional.of(asked);
    }

    /// Checks what the device shows. Each claim attests once, whatever comes of it.
    ///
    /// @throws IllegalArgumentException if what is to be registered is not well formed
    Attestation attest(String id, Evidence evidence, ObjectNode request) {
        Claim claim;
        synchronized (this) {
            claim = live(id);
            if (claim == null || claim.attested) return new Attestation.Unknown();
            claim.attested = true;
        }
        return switch (verifier.verify(evidence, claim.asked.nonce(), clock.instant())) {
            case AttestationRefused refused -> new Attestation.Refused(refused);
            case Attested device -> wait(claim, device, request);
        };
    }

    private Attestation wait(Claim claim, Attested device, ObjectNode request) {
        var registration = Registration.parse(request.deepCopy().put("owner", "nobody yet"));
        if (!registration.thing().equals(device.key()))
            throw new IllegalArgumentException("the Thing Description's \"id\" is another key");
        if (registrar.isClaimed(device.device(), registration.thing()))
            return new Attestation.Taken();
        synchronized (this) {
            String code;
            do code = code();
            while (find(code) != null);
            claim.waiting = new Waiting(code, device, request, claim.asked.until());
            return new Attestation.Shown(claim.waiting);
        }
    }

    /// The thing that was made of a claim; empty while its owner has not confirmed it.
    ///
    /// @throws java.util.NoSuchElementException if there is no such claim
    synchronized Optional<DidKey> claimed(String id) {
        var claim = live(id);
        return claim == null
                ? Optional.<DidKey>empty().or(Claims::none)
                : Optional.ofNullable(claim.claimed);
    }

    private static Optional<DidKey> none() {
        throw new java.util.NoSuchElementException("there is no such claim");
    }

    /// What an owner looks up by a code.
    sealed interface Lookup {
        record Found(Waiting waiting) implements Lookup {}

        record NotFound() implements Lookup {}

        /// The account has tried too many codes.
        record TooMany() implements Lookup {}
    }

    /// The device that shows this code. Codes that no device shows are counted for the account.
    synchronized Lookup look(String code, String account) {
        if (!guesses.mayGuess(account)) return new Lookup.TooMany();
        var claim = find(written(code));
        if (claim == null || claim.waiting == null) {
            guesses.missed(account);
            return new Lookup.NotFound();
        }
        return new Lookup.Found(claim.waiting);
    }

    /// The owner says that the device is theirs. It is on the record before it holds.
    Outcome confirm(Waiting waiting, String account) {
        synchronized (this) {
            var claim = find(waiting.code());
            if (claim == null || !waiting.equals(claim.waiting) || claim.claimed != null)
                return new Outcome.NotFound("no device shows this code");
            var registration = Registration.parse(waiting.request().put("owner", account));
            var outcome = registrar.claim(registration, waiting.device());
            if (outcome instanceof Outcome.Registered) {
                claim.claimed = registration.thing();
                claim.waiting = null;
            }
            return outcome;
        }
    }

    private @Nullable Claim live(String id) {
        var claim = claims.get(id);
        return claim == null || !clock.instant().isBefore(claim.asked.until()) ? null : claim;
    }

    private @Nullable Claim find(String code) {
        var now = clock.instant();
        for (var claim : claims.values()) {
            var waiting = claim.waiting;
            if (waiting == null || !waiting.code().equals(code)) continue;
            if (now.isBefore(waiting.until())) return claim;
        }
        return null;
    }

    /// As people write codes: in lower case, with blanks and hyphens, or without.
    private static String written(String code) {
        var letters = new StringBuilder();
        for (int i = 0; i < code.length() && letters.length() < 2 * CODE_LETTERS; i++) {
            char letter = Character.toUpperCase(code.charAt(i));
            if (LETTERS.indexOf(letter) >= 0) letters.append(letter);
        }
        if (letters.length() > CODE_LETTERS / 2) letters.insert(CODE_LETTERS / 2, '-');
        return letters.toString();
    }

    private Bytes bytes() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Bytes.unsafe(bytes);
    }

    private String code() {
        var code = new StringBuilder();
        for (int i = 0; i < CODE_LETTERS; i++) {
            code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return written(code.toString());
    }

    /// What an owner sees of a device before it is theirs.
    static ObjectNode json(Attested attested) {
        var device = attested.device();
        var json =
                Details.object()
                        .put("maker", device.maker())
                        .put("serialNumber", device.serialNumber())
                        .put("fingerprint", device.fingerprint().toHex());
        var claims = attested.claims();
        claims.ueid().ifPresent(ueid -> json.put("ueid", ueid.toHex()));
        claims.debug().ifPresent(debug -> json.put("debug", debug.word()));
        claims.secureBoot().ifPresent(secure -> json.put("secureBoot", secure));
        claims.softwareName().ifPresent(name -> json.put("software", name));
        claims.softwareVersion().ifPresent(version -> json.put("softwareVersion", version));
        return json;
    }

    /// What was claimed as [Registrar#claim] wrote it.
    static String fingerprint(JsonNode details) {
        return details.path("device").path("fingerprint").asString("");
    }
}
