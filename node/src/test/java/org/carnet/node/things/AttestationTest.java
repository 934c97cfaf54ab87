// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.attestation.AttestationRefused;
import org.carnet.attestation.AttestationVerdict;
import org.carnet.attestation.AttestationVerifier;
import org.carnet.attestation.Attested;
import org.carnet.attestation.DeviceChain;
import org.carnet.attestation.Eat;
import org.carnet.attestation.Eat.Debug;
import org.carnet.attestation.Evidence;
import org.carnet.attestation.MakerCredential;
import org.carnet.credential.SdJwtIssuance;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.Jwk;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.node.ObjectNode;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What devices show of themselves, and everything that can be wrong with it, in both forms of a token.
final class AttestationTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");
    private static final Bytes NONCE = Bytes.hex("0123456789abcdef0123456789abcdef");
    private static final SigningKey OWN =
            SigningKey.generate(Algorithm.ED25519, new SecureRandom());
    private static final Maker MAKER = new Maker("Watchmaker", NOW);

    private final Maker.Device device = MAKER.device("W-1");

    private static AttestationVerifier verifier(boolean debugging, boolean anyBoot) {
        return new AttestationVerifier(
                new DeviceChain(List.of(MAKER.authority())),
                new MakerCredential(Makers.keys(Set.of(OWN.did().value()))),
                new AttestationVerifier.Policy(debugging, anyBoot));
    }

    private static Eat claims(Bytes nonce, DidKey key, Debug debug, boolean secureBoot) {
        return new Eat(
                nonce,
                Optional.of(Bytes.hex("01" + "ab".repeat(16))),
                Optional.of(key),
                Optional.of(NOW),
                Optional.of(secureBoot),
                Optional.of(debug),
                Optional.of("watch-os"),
                Optional.of("7.1"));
    }

    private static Eat claims() {
        return claims(NONCE, OWN.did(), Debug.DISABLED_PERMANENTLY, true);
    }

    private static Evidence evidence(
            String form, Maker.Device device, Eat claims, SigningKey signer, SigningKey own) {
        var chain = new Evidence.Chain(device.chain());
        return form.equals("jwt")
                ? Evidence.asJwt(chain, claims, signer, own)
                : Evidence.asCwt(chain, claims, signer, own);
    }

    private Evidence evidence(String form, Eat claims) {
        return evidence(form, device, claims, device.key(), OWN);
    }

    private static String flaw(AttestationVerdict verdict) {
        return verdict instanceof AttestationRefused refused ? refused.flaw().slug() : "good";
    }

    private static String flaw(Evidence evidence) {
        return flaw(verifier(false, false).verify(evidence, NONCE, NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "cwt"})
    void aDeviceIsWhatItsMakerSaysAndHoldsItsKey(String form) {
        var verdict = verifier(false, false).verify(evidence(form, claims()), NONCE, NOW);
        assertThat(flaw(verdict)).isEqualTo("good");
        var attested = (Attested) verdict;
        assertThat(attested.key()).isEqualTo(OWN.did());
        assertThat(attested.device().serialNumber()).isEqualTo("W-1");
        assertThat(attested.device().maker()).isEqualTo("CN=Watchmaker");
        assertThat(attested.device().key()).isEqualTo(device.key().did());
        assertThat(attested.claims()).isEqualTo(claims());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "cwt"})
    void whatIsOfAnotherOccasionOrTimeOrKeyIsToldApart(String form) {
        var other = Bytes.hex("ff".repeat(16));
        var old = claims(other, OWN.did(), Debug.DISABLED, true);
        assertThat(flaw(evidence(form, old))).isEqualTo("wrong-nonce");
        var late =
                verifier(false, false)
                        .verify(evidence(form, claims()), NONCE, NOW.plusSeconds(301));
        assertThat(flaw(late)).isEqualTo("stale");
        var stranger = SigningKey.generate(Algorithm.P256, new SecureRandom());
        assertThat(flaw(evidence(form, device, claims(), stranger, OWN))).isEqualTo("wrong-signer");
        var alone = evidence(form, claims());
        var unproven = new Evidence(alone.endorsement(), alone.attestation(), Optional.empty());
        assertThat(flaw(unproven)).isEqualTo("no-possession");
        assertThat(flaw(evidence(form, device, claims(), device.key(), stranger)))
                .isEqualTo("wrong-possession");
        var replayed =
                new Evidence(
                        alone.endorsement(),
                        alone.attestation(),
                        evidence(form, device, old, device.key(), OWN).possession());
        assertThat(flaw(replayed)).isEqualTo("wrong-nonce");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "cwt"})
    void aDeviceInAStateThatTheOperatorDoesNotTakeIsRefused(String form) {
        var open = evidence(form, claims(NONCE, OWN.did(), Debug.ENABLED, true));
        assertThat(flaw(open)).isEqualTo("debug-enabled");
        assertThat(flaw(verifier(true, false).verify(open, NONCE, NOW))).isEqualTo("good");
        var foreign = evidence(form, claims(NONCE, OWN.did(), Debug.DISABLED, false));
        assertThat(flaw(foreign)).isEqualTo("insecure-boot");
        assertThat(flaw(verifier(false, true).verify(foreign, NONCE, NOW))).isEqualTo("good");
        var silent =
                new Eat(
                        NONCE,
                        Optional.empty(),
                        Optional.of(OWN.did()),
                        Optional.empty(),
                        Optional.of(true),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        assertThat(flaw(evidence(form, silent))).isEqualTo("debug-enabled");
    }

    @Test
    void aChainIsOfTheOperatorsMakersAndInItsTimeAndOfADevice() {
        var stranger = new Maker("Watchmaker", NOW).device("W-1");
        assertThat(flaw(evidence("jwt", stranger, claims(), stranger.key(), OWN)))
                .isEqualTo("untrusted-chain");
        var cut = new Maker.Device(device.key(), device.chain().subList(0, 1));
        assertThat(flaw(evidence("jwt", cut, claims(), device.key(), OWN)))
                .isEqualTo("untrusted-chain");
        var subject = "serialNumber=W-2,O=Watchmaker";
        var expired =
                MAKER.device(subject, false, NOW.minus(Duration.ofDays(9)), Duration.ofDays(1));
        assertThat(flaw(evidence("jwt", expired, claims(), expired.key(), OWN)))
                .isEqualTo("expired-certificate");
        var early = MAKER.device(subject, false, NOW.plus(Duration.ofDays(9)), Duration.ofDays(1));
        assertThat(flaw(evidence("jwt", early, claims(), early.key(), OWN)))
                .isEqualTo("certificate-not-yet-valid");
        var nameless = MAKER.device("O=Watchmaker", false, NOW, Duration.ofDays(1));
        assertThat(flaw(evidence("jwt", nameless, claims(), nameless.key(), OWN)))
                .isEqualTo("no-serial-number");
        var authority = MAKER.device(subject, true, NOW, Duration.ofDays(1));
        assertThat(flaw(evidence("jwt", authority, claims(), authority.key(), OWN)))
                .isEqualTo("not-a-device");
        var nothing = new Maker.Device(device.key(), List.of(Bytes.hex("00")));
        assertThat(flaw(evidence("jwt", nothing, claims(), device.key(), OWN)))
                .isEqualTo("malformed-chain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // an indefinite length, a label twice, something unprotected, no typ, bytes behind
                "9f43a10126a040ff",
                "844c a2 01 26 01 26 10 00 a0 40 40",
                "8443a10126a10126a04040",
                "8443a10126a0404000",
                "d28443a10126a04040",
                "d83d8443a10126a04040",
                "83"
            })
    void cborThatIsNotAsItHasToBeIsMalformed(String hex) {
        var token = Bytes.hex(hex.replace(" ", ""));
        var broken = new Evidence(new Evidence.Chain(device.chain()), token, Optional.empty());
        assertThat(flaw(broken)).isIn("malformed-token", "unsupported-algorithm");
    }

    /// Lenient readers would find the same claims and the same signature, or another header.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$ | 00", // something behind the end
                "^d83dd284(.*) | d83dd29f$1ff", // an indefinite length
                "^d83dd2 | d83dd1",
                "(2b637774)a0 | $1a10126", // something that is not protected
                "5818a20126 | 581aa301260126", // a label twice
                "5818a201261073[0-9a-f]{38} | 43a10126" // no typ
            })
    void cborThatIsGoodButForOneThingIsMalformed(String what, String by) {
        var good = evidence("cwt", claims());
        assertThat(flaw(good)).isEqualTo("good");
        var hex = good.attestation().toHex();
        var changed = Bytes.hex(hex.replaceFirst(what, by));
        assertThat(changed).isNotEqualTo(good.attestation());
        assertThat(flaw(new Evidence(good.endorsement(), changed, good.possession())))
                .isEqualTo("malformed-token");
    }

    @Test
    void aTokenOfAnotherAlgorithmOrTypeIsRefused() {
        var chain = new Evidence.Chain(device.chain());
        for (var header :
                List.of(
                        "{\"alg\":\"none\",\"typ\":\"eat+jwt\"}",
                        "{\"alg\":\"HS256\",\"typ\":\"eat+jwt\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"JWT\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"eat+jwt\",\"jwk\":{}}")) {
            var payload = Bytes.utf8("{\"eat_nonce\":\"" + NONCE.toBase64Url() + "\"}");
            var token = org.carnet.jose.Jws.sign(header, payload, device.key());
            assertThat(flaw(new Evidence(chain, token, Optional.empty())))
                    .as(header)
                    .isIn("unsupported-algorithm", "malformed-token");
        }
    }

    private static String credential(ObjectNode claims, SigningKey maker) {
        return new SdJwtIssuance(maker, maker.did().keyId(), new SecureRandom()::nextBytes)
                .issue(claims, Set.of(), 0)
                .text();
    }

    @Test
    void aMakersCredentialVouchesForADeviceWithoutACertificate() {
        var inside = SigningKey.generate(Algorithm.P256, new SecureRandom());
        var claims = Json.object().put("iss", OWN.did().value()).put("vct", MakerCredential.TYPE);
        claims.put("serial", "C-1");
        var jwk = claims.putObject("cnf").putObject("jwk");
        Jwk.members(inside.did()).forEach(jwk::put);
        var credential = new Evidence.Credential(credential(claims, OWN));
        var good = Evidence.asCwt(credential, claims(), inside, OWN);
        var verdict = verifier(false, false).verify(good, NONCE, NOW);
        assertThat(flaw(verdict)).isEqualTo("good");
        assertThat(((Attested) verdict).device().serialNumber()).isEqualTo("C-1");
        var stranger = new Evidence.Credential(credential(claims, inside));
        assertThat(flaw(Evidence.asCwt(stranger, claims(), inside, OWN)))
                .isEqualTo("credential-refused");
    }
}
