// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.carnet.Bytes;
import org.carnet.jose.Json;
import org.carnet.node.access.SessionCookie;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/// Keeps each journey in the browser that makes it, sealed with a key of this start of the node (RFC 7516, `A256GCM`).
///
/// So beginning many costs the node no memory, and only the browser that began one can end it. It is good for ten minutes
/// and one return.
final class Journeys {
    static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_PATH = 1500;

    /// A path of this node, which no browser reads as another host.
    private static final Pattern PATH = Pattern.compile("/(?!/)[!-\\[\\]-~]*");

    private final SessionCookie cookie;
    private final SecureRandom random;
    private final InstantSource clock;
    private final byte[] key;

    Journeys(SessionCookie cookie, SecureRandom random, InstantSource clock) {
        this.cookie = cookie;
        this.random = random;
        this.clock = clock;
        this.key = secret();
    }

    Journey begin(
            String provider,
            URI callback,
            @Nullable String then,
            boolean again,
            Optional<String> account) {
        return new Journey(
                provider,
                callback,
                text(),
                text(),
                text(),
                path(then),
                again,
                account,
                clock.instant());
    }

    /// Where to go then: a path of this node, whatever was asked for.
    static String path(@Nullable String then) {
        if (then == null || then.length() > LONGEST_PATH) return "/";
        return PATH.matcher(then).matches() ? then : "/";
    }

    void keep(Journey journey, HttpServletRequest request, HttpServletResponse response) {
        cookie.set(request, response, seal(journey), LIFETIME);
    }

    /// The journey that this browser made and that the answer belongs to; the browser has it no longer then.
    Optional<Journey> end(
            @Nullable String state, HttpServletRequest request, HttpServletResponse response) {
        var journey = cookie.in(request).flatMap(this::open);
        cookie.clear(request, response);
        return journey.filter(
                begun ->
                        state != null
                                && equal(state, begun.state())
                                && begun.begun().plus(LIFETIME).isAfter(clock.instant()));
    }

    private String seal(Journey journey) {
        var json =
                Json.object()
                        .put("provider", journey.provider())
                        .put("callback", journey.callback().toString())
                        .put("state", journey.state())
                        .put("nonce", journey.nonce())
                        .put("verifier", journey.verifier())
                        .put("then", journey.then())
                        .put("again", journey.again())
                        .put("begun", journey.begun().toEpochMilli());
        journey.account().ifPresent(name -> json.put("account", name));
        var header = new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);
        var sealed = new JWEObject(header, new Payload(Json.text(json)));
        try {
            sealed.encrypt(new DirectEncrypter(key));
            return sealed.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("AES-GCM does not seal", e);
        }
    }

    private Optional<Journey> open(String sealed) {
        try {
            var object = JWEObject.parse(sealed);
            object.decrypt(new DirectDecrypter(key));
            var json = Json.object(Bytes.utf8(object.getPayload().toString()));
            var account = json.path("account").asString("");
            return Optional.of(
                    new Journey(
                            json.path("provider").asString(""),
                            URI.create(json.path("callback").asString("")),
                            json.path("state").asString(""),
                            json.path("nonce").asString(""),
                            json.path("verifier").asString(""),
                            json.path("then").asString("/"),
                            json.path("again").asBoolean(false),
                            account.isEmpty() ? Optional.empty() : Optional.of(account),
                            Instant.ofEpochMilli(json.path("begun").asLong(0))));
        } catch (ParseException | JOSEException | IllegalStateException notSealedHere) {
            return Optional.empty();
        }
    }

    private String text() {
        return Bytes.unsafe(secret()).toBase64Url();
    }

    private byte[] secret() {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(
                Bytes.utf8(one).unsafeArray(), Bytes.utf8(other).unsafeArray());
    }
}
