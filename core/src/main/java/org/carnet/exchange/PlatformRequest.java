// SPDX-License-Identifier: Apache-2.0
package org.carnet.exchange;

import org.carnet.Bytes;
import org.carnet.credential.KeyBinding;
import org.carnet.credential.SdJwt;
import org.carnet.identity.SigningKey;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request of one platform to another about an avatar (docs/wire/double-verification.md).
///
/// @param target the whole URL that is asked, as the one who is asked names itself
/// @param fields by their names in lower case
public record PlatformRequest(
        String method, String target, Map<String, String> fields, Bytes body) {
    public static final String PRESENTATION = "avatar-presentation";
    public static final String CERTIFICATION = "platform-certification";
    public static final String INPUT = "signature-input";
    public static final String SIGNATURE = "signature";
    public static final String DIGEST = "content-digest";

    /// What the platform signs, all of it and in this order.
    public static final List<String> COVERED =
            List.of("@method", "@target-uri", DIGEST, PRESENTATION, CERTIFICATION);

    /// The `tag` of such signatures, so that one made for another protocol is none here.
    public static final String TAG = "carnet-exchange";

    /// How long a request is good after it was signed.
    public static final Duration LIFETIME = Duration.ofMinutes(2);

    static final String LABEL = "platform";

    public PlatformRequest {
        fields = Map.copyOf(fields);
    }

    /// The platform that asks, as what it signs with.
    ///
    /// @param keyId the name of the key in its DID document
    /// @param certification who vouches for it, as text for a field
    public record Platform(SigningKey key, String keyId, String certification) {}

    /// The avatar that it is about, as what it shows and proves with.
    public record Avatar(SdJwt shown, SigningKey key) {}

    /// @param audience the DID of the platform that is asked
    /// @param nonce used once; drawn at random
    public static PlatformRequest sign(
            String method,
            String target,
            Bytes body,
            String audience,
            String nonce,
            Platform platform,
            Avatar avatar,
            Instant now) {
        var digests = List.of(ContentDigest.of(body).transaction());
        var agreed = new KeyBinding(audience, nonce, now, digests);
        var presentation = avatar.shown().bind(avatar.key(), agreed);
        return sign(method, target, body, nonce, platform, presentation, now);
    }

    /// The same with an avatar whose key somebody else holds.
    ///
    /// @param presentation with its holder's proof, made for the platform that is asked, this nonce and this body
    public static PlatformRequest sign(
            String method,
            String target,
            Bytes body,
            String nonce,
            Platform platform,
            SdJwt presentation,
            Instant now) {
        var fields = new LinkedHashMap<String, String>();
        fields.put(DIGEST, ContentDigest.of(body).field());
        fields.put(PRESENTATION, presentation.text());
        fields.put(CERTIFICATION, platform.certification());
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("created", now.getEpochSecond());
        parameters.put("expires", now.plus(LIFETIME).getEpochSecond());
        parameters.put("nonce", nonce);
        parameters.put("keyid", platform.keyId());
        parameters.put("tag", TAG);
        var input = new SignatureInput(COVERED, parameters);
        var unsigned = new PlatformRequest(method, target, fields, body);
        var signature = HttpSignature.sign(input, unsigned::component, platform.key());
        fields.put(INPUT, LABEL + "=" + input.text());
        fields.put(SIGNATURE, LABEL + "=:" + signature.toBase64() + ":");
        return new PlatformRequest(method, target, fields, body);
    }

    /// A part of the message, as RFC 9421 section 2 names and says it.
    public @Nullable String component(String name) {
        return switch (name) {
            case "@method" -> method;
            case "@target-uri" -> target;
            default -> fields.get(name);
        };
    }
}
