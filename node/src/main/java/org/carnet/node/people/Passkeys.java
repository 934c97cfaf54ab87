// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;

import org.carnet.Bytes;
import org.carnet.node.people.PasskeyStore.Passkey;

import tools.jackson.databind.JsonNode;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Checks what a browser says that an authenticator signed (WebAuthn Level 3, sections 7.1 and 7.2).
///
/// The authenticator must have verified its user, by a finger, a face or a PIN, so a passkey is two factors. Who made the
/// authenticator is not asked.
final class Passkeys {
    static final String SIGN_IN = "sign in";

    private static final List<PublicKeyCredentialParameters> ALGORITHMS =
            List.of(
                    parameters(COSEAlgorithmIdentifier.EdDSA),
                    parameters(COSEAlgorithmIdentifier.ES256),
                    parameters(COSEAlgorithmIdentifier.RS256));

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager manager =
            WebAuthnManager.createNonStrictWebAuthnManager(converter);
    private final AttestedCredentialDataConverter attested =
            new AttestedCredentialDataConverter(converter);
    private final PasskeyStore store;
    private final Challenges challenges;
    private final InstantSource clock;

    Passkeys(PasskeyStore store, Challenges challenges, InstantSource clock) {
        this.store = store;
        this.challenges = challenges;
        this.clock = clock;
    }

    /// Who proved to be whom, and how.
    record Proof(String account, Set<String> factors) {}

    static String making(String account) {
        return "make " + account;
    }

    /// A new passkey for the account; empty if the answer is not what the browser of a person there would send.
    Optional<Passkey> made(String account, String label, Site.Name site, JsonNode credential) {
        var challenge = challenge(credential);
        if (!challenges.open(making(account), challenge)) return Optional.empty();
        try {
            var expected =
                    new RegistrationParameters(server(site, challenge), ALGORITHMS, true, true);
            var told = manager.verifyRegistrationResponseJSON(credential.toString(), expected);
            var data = Objects.requireNonNull(told.getAttestationObject()).getAuthenticatorData();
            var key = Objects.requireNonNull(data.getAttestedCredentialData());
            var id = Bytes.copyOf(key.getCredentialId());
            if (store.find(id).isPresent()) return Optional.empty();
            if (!challenges.answer(making(account), challenge)) return Optional.empty();
            return Optional.of(
                    new Passkey(
                            id,
                            account,
                            label,
                            Bytes.unsafe(attested.convert(key)),
                            data.getSignCount(),
                            data.isFlagBE(),
                            data.isFlagBS(),
                            clock.instant(),
                            Optional.empty()));
        } catch (WebAuthnException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    /// Whose passkey signed this; empty if none that is known here did.
    Optional<Proof> proven(Site.Name site, JsonNode credential) {
        var challenge = challenge(credential);
        if (!challenges.open(SIGN_IN, challenge)) return Optional.empty();
        try {
            var known = store.find(Bytes.base64Url(credential.path("id").asString("")));
            if (known.isEmpty()) return Optional.empty();
            var passkey = known.get();
            var expected =
                    new AuthenticationParameters(
                            server(site, challenge), record(passkey), null, true, true);
            var told = manager.verifyAuthenticationResponseJSON(credential.toString(), expected);
            if (!challenges.answer(SIGN_IN, challenge)) return Optional.empty();
            var data = Objects.requireNonNull(told.getAuthenticatorData());
            store.used(passkey.id(), data.getSignCount(), data.isFlagBS(), clock.instant());
            var proof = passkey.eligible() ? "swk" : "hwk";
            return Optional.of(new Proof(passkey.account(), Set.of(proof, "user", "mfa")));
        } catch (WebAuthnException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private CredentialRecordImpl record(Passkey passkey) {
        return new CredentialRecordImpl(
                null,
                true,
                passkey.eligible(),
                passkey.backedUp(),
                passkey.counter(),
                attested.convert(passkey.attested().toArray()),
                null,
                null,
                null,
                null);
    }

    private static ServerProperty server(Site.Name site, Bytes challenge) {
        return ServerProperty.builder()
                .origin(Origin.create(site.origin()))
                .rpId(site.id())
                .challenge(new DefaultChallenge(challenge.toArray()))
                .build();
    }

    /// What the browser says it was asked; whether it was is checked with everything else.
    private Bytes challenge(JsonNode credential) {
        try {
            var text = credential.path("response").path("clientDataJSON").asString("");
            var json = Bytes.base64Url(text).toUtf8();
            var told = converter.getJsonMapper().readTree(json).path("challenge").asString("");
            return Bytes.base64Url(told);
        } catch (IllegalArgumentException | tools.jackson.core.JacksonException e) {
            return Bytes.unsafe(new byte[0]);
        }
    }

    private static PublicKeyCredentialParameters parameters(COSEAlgorithmIdentifier algorithm) {
        return new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm);
    }
}
