// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.Bytes;
import org.carnet.credential.BitstringList;
import org.carnet.credential.CredentialVerdict;
import org.carnet.credential.CredentialVerifier;
import org.carnet.credential.DataIntegrity;
import org.carnet.credential.EddsaJcs;
import org.carnet.credential.Envelope;
import org.carnet.credential.JoseCredential;
import org.carnet.credential.KeyBinding;
import org.carnet.credential.PlatformCertification;
import org.carnet.credential.ProofOptions;
import org.carnet.credential.SdJwt;
import org.carnet.credential.SdJwtIssuance;
import org.carnet.credential.SdJwtRefused;
import org.carnet.credential.SdJwtVerifier;
import org.carnet.credential.Status;
import org.carnet.credential.StatusEntry;
import org.carnet.credential.VerificationMethods;
import org.carnet.credential.VerifiedCredential;
import org.carnet.credential.VerifiedSdJwt;
import org.carnet.exchange.DoubleVerifier;
import org.carnet.identity.DidKey;
import org.carnet.identity.Jwk;
import org.carnet.identity.SignatureMemory;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;
import org.carnet.jose.Json;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Credentials in each form that a node reads, and how each is verified, from its text to the verdict.
///
/// Every credential is another one, with a place of its own in a status list that is looked up; those with a holder have
/// another holder each.
final class Credentials {
    static final int COUNT = 1000;
    static final String VERIFIER = "did:web:verifier.example";
    static final String NONCE = "n-0S6_WzA2Mj";
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static final String TYPE = DoubleVerifier.AVATAR;

    /// A verifier knows a few issuers of credentials with holders beforehand, and trusts no others.
    private static final int ISSUERS = 20;

    private static final VerificationMethods.Answer UNKNOWN =
            new VerificationMethods.NotFound("nobody knows this key");

    private static final String LIST = "https://certifier.example/status/1/revocation";
    private static final Duration YEAR = Duration.ofDays(365);

    /// One form.
    ///
    /// @param signatures in each
    /// @param bytes of one
    /// @param limit checks the same signatures by the same keys, one a time, and nothing else
    /// @param stranger meets the credential, its issuer and its holder for the first time
    /// @param uncached knows the issuer's key, and meets the credential and its holder for the first time
    /// @param cached has met the credential before, though not what its holder says this time
    record Form(
            String name,
            int signatures,
            int bytes,
            Rate.Act limit,
            Rate.Act stranger,
            Rate.Act uncached,
            Rate.Act cached) {}

    private final List<SigningKey> issuers = new Workload(Ingest.SEED, COUNT).keys();
    private final List<SigningKey> holders = new Workload(Ingest.SEED + 1, COUNT).keys();
    private final Random random = new Random(Ingest.SEED);
    private final BitstringList list =
            new BitstringList(
                    LIST,
                    "",
                    Status.REVOKED.purpose(),
                    Bytes.unsafe(new byte[1 << 14]),
                    null,
                    null);

    List<Form> forms() {
        return List.of(dataIntegrity(), jwt(), sdJwt());
    }

    CredentialVerifier verifier(VerificationMethods methods) {
        return new CredentialVerifier(
                new DataIntegrity(List.of(EddsaJcs.SUITE), methods),
                methods,
                (status, issuer, now) ->
                        new BitstringList(
                                        list.url(),
                                        issuer,
                                        list.purpose(),
                                        list.bits(),
                                        list.ttl(),
                                        list.until())
                                .refusal(StatusEntry.parse(status), issuer),
                resource -> Optional.empty());
    }

    static SignatureMemory memory() {
        return new SignatureMemory(4 * COUNT);
    }

    /// Of the platform of this number, by the issuer of this number.
    ObjectNode certification(int number) {
        var issuer = issuers.get(number).did();
        var certification =
                new PlatformCertification(
                        holders.get(number).did().value(),
                        PlatformCertification.Level.SUBSTANTIAL,
                        List.of("crossing", "exchange"),
                        NOW.minus(YEAR),
                        NOW.plus(YEAR));
        var json = certification.unsigned(issuer.value());
        json.put("id", "urn:uuid:00000000-0000-4000-8000-%012d".formatted(number));
        var entry = new StatusEntry(Status.REVOKED.purpose(), number, LIST);
        json.set("credentialStatus", entry.json());
        return json;
    }

    private Form dataIntegrity() {
        var texts = new ArrayList<Bytes>();
        var signed = new VerifyLimit.Signed[COUNT];
        for (int i = 0; i < COUNT; i++) {
            var key = issuers.get(i);
            var options = ProofOptions.assertion(key.did().keyId(), NOW.minus(YEAR));
            var secured = DataIntegrity.sign(certification(i), EddsaJcs.SUITE, options, key);
            texts.add(Bytes.utf8(Json.text(secured)));
            // What is signed are two SHA-256 hashes.
            var hashes = new byte[64];
            random.nextBytes(hashes);
            signed[i] =
                    new VerifyLimit.Signed(VerificationKey.of(key.did()), hashes, key.sign(hashes));
        }
        return form("eddsaJcs2022", texts, signed, Json::object);
    }

    private Form jwt() {
        var texts = new ArrayList<Bytes>();
        var signed = new VerifyLimit.Signed[COUNT];
        for (int i = 0; i < COUNT; i++) {
            var key = issuers.get(i);
            var jwt = JoseCredential.sign(certification(i), key.did().keyId(), key);
            texts.add(Bytes.utf8(jwt));
            signed[i] = VerifyLimit.signed(VerificationKey.of(key.did()), jwt);
        }
        return form("vcJwt", texts, signed, text -> Envelope.ofCredential(text.toUtf8()));
    }

    /// How a text becomes what a verifier takes.
    private interface Reader {
        ObjectNode read(Bytes text);
    }

    private Form form(String name, List<Bytes> texts, VerifyLimit.Signed[] signed, Reader reader) {
        return new Form(
                name,
                1,
                texts.getFirst().length(),
                i -> signed[i % COUNT].requireGood(),
                act(verifier(VerificationMethods.ofDidKey()), texts, reader),
                act(verifier(known()), texts, reader),
                act(verifier(VerificationMethods.ofDidKey(memory())), texts, reader));
    }

    private static Rate.Act act(CredentialVerifier verifier, List<Bytes> texts, Reader reader) {
        return i -> require(verifier.verify(reader.read(texts.get(i % COUNT)), NOW));
    }

    /// Keys that were decoded before, whose signatures nobody remembers.
    VerificationMethods known() {
        var ofDidKey = VerificationMethods.ofDidKey();
        Map<String, VerificationMethods.Answer> found = new HashMap<>();
        for (var key : issuers) {
            var method = key.did().keyId();
            found.put(method, ofDidKey.find(method, ProofOptions.ASSERTION));
        }
        return (method, purpose) -> found.getOrDefault(method, UNKNOWN);
    }

    private static void require(CredentialVerdict verdict) {
        switch (verdict) {
            case VerifiedCredential _ -> {}
            case CredentialVerdict.Rejected(var reasons) ->
                    throw new IllegalStateException("a good credential was refused: " + reasons);
        }
    }

    private Form sdJwt() {
        var texts = new ArrayList<String>();
        var signed = new VerifyLimit.Signed[2 * COUNT];
        for (int i = 0; i < COUNT; i++) {
            var issuer = issuers.get(i % ISSUERS);
            var holder = holders.get(i);
            var shown = avatar(issuer, issuer.did().value(), issuer.did().keyId(), holder);
            var text = shown.bind(holder, new KeyBinding(VERIFIER, NONCE, NOW)).text();
            texts.add(text);
            signed[2 * i] =
                    VerifyLimit.signed(
                            VerificationKey.of(issuer.did()), text.substring(0, text.indexOf('~')));
            signed[2 * i + 1] =
                    VerifyLimit.signed(
                            VerificationKey.of(holder.did()),
                            text.substring(text.lastIndexOf('~') + 1));
        }
        var strangers =
                new SdJwtVerifier(TYPE, (issuer, keyId) -> VerificationKey.of(new DidKey(issuer)));
        var plain = sdJwtVerifier(SdJwtVerifier.SignatureCheck.plain());
        var remembered = sdJwtVerifier(SdJwtVerifier.SignatureCheck.remembered(memory()));
        return new Form(
                "sdJwtKb",
                2,
                texts.getFirst().length(),
                i -> signed[i % signed.length].requireGood(),
                i -> require(strangers, texts.get(i % COUNT)),
                i -> require(plain, texts.get(i % COUNT)),
                i -> require(remembered, texts.get(i % COUNT)));
    }

    private SdJwtVerifier sdJwtVerifier(SdJwtVerifier.SignatureCheck signatures) {
        Map<String, VerificationKey> trusted = new HashMap<>();
        for (var key : issuers.subList(0, ISSUERS))
            trusted.put(key.did().value(), VerificationKey.of(key.did()));
        return new SdJwtVerifier(TYPE, (issuer, keyId) -> trusted.get(issuer), signatures);
    }

    private static void require(SdJwtVerifier verifier, String text) {
        switch (verifier.verify(text, VERIFIER, NONCE, NOW)) {
            case VerifiedSdJwt _ -> {}
            case SdJwtRefused refused ->
                    throw new IllegalStateException("a good credential was refused: " + refused);
        }
    }

    /// A credential with four hidden claims, of which two are shown.
    SdJwt avatar(SigningKey issuer, String did, String keyId, SigningKey holder) {
        var claims = Json.object();
        claims.put("iss", did).put("vct", TYPE);
        claims.put("iat", NOW.minus(YEAR).getEpochSecond());
        claims.put("exp", NOW.plus(YEAR).getEpochSecond());
        var jwk = claims.putObject("cnf").putObject("jwk");
        Jwk.members(holder.did()).forEach(jwk::put);
        claims.put("represents", "thing").put("thing", holder.did().value());
        claims.put("owner", "owner-of-" + holder.did().value().substring(12, 24));
        claims.put("avatar", "walker");
        return new SdJwtIssuance(issuer, keyId, random::nextBytes)
                .issue(claims, Set.of("/represents", "/thing", "/owner", "/avatar"), 2)
                .showing(Set.of("/represents", "/owner"));
    }

    SigningKey issuer(int number) {
        return issuers.get(number);
    }

    SigningKey holder(int number) {
        return holders.get(number);
    }
}
