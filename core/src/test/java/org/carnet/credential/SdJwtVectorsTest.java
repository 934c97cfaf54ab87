// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.authlete.sd.SDJWT;
import com.authlete.sd.SDObjectDecoder;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.Jwk;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;
import org.carnet.jose.Json;
import org.carnet.jose.JwtHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/// The published cases: what is specified is issued, shown and verified, and comes out as was expected.
///
/// sd-jwt-python (which made the examples of RFC 9901) states claims, what is hidden and what is shown; salts are ours. The
/// case of its JSON serialisation is run in the compact one, the only one that Carnet has. See the licences beside them.
class SdJwtVectorsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1683000000);
    private static final String AUDIENCE = "https://example.com/verifier";
    private static final String NONCE = "1234567890";
    private static final SigningKey ISSUER = key("Ur2bNKuBPOrAaxsRnbSH6hIhmNTxSGXshDSUD1a1y7g");
    private static final SigningKey HOLDER = key("5K5SCos8zf9zRemGGUl6yfok-_NiiryNZsvANWMhF-I");
    private static final JsonMapper MAPPER = new JsonMapper();

    private static SigningKey key(String secret) {
        return SigningKey.of(Algorithm.P256, Bytes.base64Url(secret));
    }

    static List<SdJwtSpecification> specifications() {
        return SdJwtSpecification.all();
    }

    @ParameterizedTest
    @MethodSource("specifications")
    void whatIsShownIsWhatTheSpecificationExpects(SdJwtSpecification specification) {
        var verdict = verifier().verify(presented(specification).text(), NOW);
        assertThat(verdict).isInstanceOf(VerifiedSdJwt.class);
        assertThat(shown((VerifiedSdJwt) verdict, specification))
                .isEqualTo(MAPPER.readTree(MAPPER.writeValueAsString(specification.expected())));
    }

    @ParameterizedTest
    @MethodSource("specifications")
    void itsHolderProvesItWhereItsKeyIsOneOfOurs(SdJwtSpecification specification) {
        var bound = presented(specification).bind(HOLDER, new KeyBinding(AUDIENCE, NONCE, NOW));
        var verdict = verifier().verify(bound.text(), AUDIENCE, NONCE, NOW);
        if (specification.claims().has("cnf")) { // the example's own, of an RSA key
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            SdJwtRefused.class,
                            refused ->
                                    assertThat(refused.flaw()).isEqualTo(SdJwtFlaw.NO_HOLDER_KEY));
            return;
        }
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        VerifiedSdJwt.class, it -> assertThat(it.holder()).isEqualTo(HOLDER.did()));
    }

    /// It leaves what is hidden inside a disclosed array as digests, so its opinion on that one case is not asked.
    static List<SdJwtSpecification> specificationsItReads() {
        return specifications().stream().filter(it -> !it.name().contains("recursions")).toList();
    }

    /// A second opinion: what somebody else's library makes of our text.
    @ParameterizedTest
    @MethodSource("specificationsItReads")
    void anotherLibraryReadsTheSame(SdJwtSpecification specification) {
        var text = presented(specification).text();
        var parsed = SDJWT.parse(text);
        var payload = Bytes.base64Url(parsed.getCredentialJwt().split("\\.")[1]).toUtf8();
        var map = MAPPER.readValue(payload, new TypeReference<Map<String, Object>>() {});
        var decoded = new SDObjectDecoder().decode(map, parsed.getDisclosures());
        var ours = (VerifiedSdJwt) verifier().verify(text, NOW);
        assertThat(Jcs.canonical(MAPPER.readTree(MAPPER.writeValueAsString(decoded))))
                .isEqualTo(Jcs.canonical(ours.claims()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exampleIssuanceSdJwt", "examplePresentationSdJwt"})
    void theExamplesOfTheReferenceWalletAreReadButRs256IsNotVerified(String name) {
        var text = SdJwtSpecification.read("eudi/" + name + ".txt");
        var address = SdJwt.parse(text).claims().get("address");
        assertThat(address.get("locality").stringValue()).isEqualTo("Schulpforta");
        assertThat(address.get("region").stringValue()).isEqualTo("Sachsen-Anhalt");
        assertThat(address.size()).isEqualTo(name.contains("Issuance") ? 4 : 2);
        assertThatThrownBy(() -> JwtHeader.parse(SdJwt.parse(text).jws().header()))
                .hasMessage("the header needs alg and typ");
    }

    @Test
    void copiesOfOneCredentialShareNoSaltAndNoDigest() {
        var specification = specifications().getFirst();
        var random = new Random(4);
        var one = issued(specification, random);
        var other = issued(specification, random);
        assertThat(one.disclosures()).isNotEmpty();
        var texts = new TreeSet<String>();
        one.disclosures().forEach(it -> texts.add(it.text()));
        assertThat(other.disclosures()).noneMatch(it -> texts.contains(it.text()));
        var digests = new TreeSet<String>();
        one.disclosures().forEach(it -> digests.add(it.digest()));
        assertThat(other.disclosures()).noneMatch(it -> digests.contains(it.digest()));
    }

    private static SdJwtVerifier verifier() {
        return new SdJwtVerifier("example", (issuer, keyId) -> VerificationKey.of(ISSUER.did()));
    }

    private static SdJwt presented(SdJwtSpecification specification) {
        var issued = issued(specification, new Random(1));
        return SdJwt.parse(issued.text()).showing(specification.shown());
    }

    private static SdJwt issued(SdJwtSpecification specification, Random random) {
        var claims = specification.claims().deepCopy();
        claims.put("vct", "example");
        if (!claims.has("iss")) claims.put("iss", "https://example.com/issuer");
        if (!claims.has("cnf")) claims.set("cnf", cnf());
        return new SdJwtIssuance(ISSUER, "issuer-key-1", random::nextBytes)
                .issue(claims, specification.hidden(), specification.decoys());
    }

    private static ObjectNode cnf() {
        var jwk = Json.object();
        Jwk.members(HOLDER.did()).forEach(jwk::put);
        var cnf = Json.object();
        cnf.set("jwk", jwk);
        return cnf;
    }

    /// Without what the issuer added to the claims of the case.
    private static JsonNode shown(VerifiedSdJwt verified, SdJwtSpecification specification) {
        var claims = verified.claims();
        for (var added : new String[] {"vct", "iss", "cnf"})
            if (!specification.claims().has(added)) claims.remove(added);
        return MAPPER.readTree(MAPPER.writeValueAsString(claims));
    }
}
