// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.Jwk;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.carnet.jose.Jws;
import org.carnet.node.RunningNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.ObjectNode;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What somebody does who has a program's token, or heard what it said, but not its keys.
final class TokenAttacksTest {
    private static final SigningKey ACCOUNT = key(1);
    private static final SigningKey HOLDER = key(2);
    private static final SigningKey THIEF = key(3);
    private static final String THINGS = "/api/things";

    private static RunningNode node;
    private static int number;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        node = RunningNode.start(home.resolve("node"), Map.of());
        var enrolment = Json.object().put("name", "mira");
        var jwk = enrolment.putObject("key");
        Jwk.members(ACCOUNT.did()).forEach(jwk::put);
        var enrolled =
                node.send(
                        HttpRequest.newBuilder(node.at("/api/enrolment"))
                                .header("Authorization", "Bearer " + node.token)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(Json.text(enrolment))));
        assertThat(enrolled.statusCode()).isEqualTo(201);
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
    }

    private static SigningKey key(int seed) {
        var secret = new byte[32];
        secret[31] = (byte) seed;
        return SigningKey.of(Algorithm.P256, Bytes.unsafe(secret));
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static String endpoint() {
        return node.at("/oauth2/token").toString();
    }

    private static ObjectNode assertion() {
        return Json.object()
                .put("iss", "mira")
                .put("sub", "mira")
                .put("aud", endpoint())
                .put("iat", now())
                .put("exp", now() + 60)
                .put("jti", "assertion-" + ++number);
    }

    private static ObjectNode proof(String method, String path, String token) {
        var claims =
                Json.object()
                        .put("htm", method)
                        .put("htu", node.at(path).toString())
                        .put("iat", now())
                        .put("jti", "proof-" + ++number);
        return token.isEmpty() ? claims : claims.put("ath", DpopProofs.sha256(token));
    }

    private static ObjectNode header(String type, String algorithm) {
        return Json.object().put("typ", type).put("alg", algorithm);
    }

    private static ObjectNode proofHeader(SigningKey key, String algorithm) {
        var header = header("dpop+jwt", algorithm);
        var jwk = header.putObject("jwk");
        Jwk.members(key.did()).forEach(jwk::put);
        return header;
    }

    private static String sign(ObjectNode header, ObjectNode claims, SigningKey key) {
        return Jws.sign(Json.text(header), Bytes.utf8(Json.text(claims)), key).toUtf8();
    }

    private static String signedAssertion(ObjectNode claims) {
        return sign(header("JWT", "ES256"), claims, ACCOUNT);
    }

    private static String signedProof(ObjectNode claims, SigningKey key) {
        return sign(proofHeader(key, "ES256"), claims, key);
    }

    private static HttpResponse<String> ask(String assertion) throws Exception {
        return ask(assertion, signedProof(proof("POST", "/oauth2/token", ""), HOLDER));
    }

    private static HttpResponse<String> ask(String assertion, String proof) throws Exception {
        var form =
                "grant_type=client_credentials&client_id=mira&client_assertion_type="
                        + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                        + "&client_assertion="
                        + URLEncoder.encode(assertion, StandardCharsets.UTF_8);
        return node.send(
                HttpRequest.newBuilder(node.at("/oauth2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("DPoP", proof)
                        .POST(BodyPublishers.ofString(form)));
    }

    private static void assertNoToken(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isBetween(400, 401);
        assertThat(answer.body()).doesNotContain("access_token");
    }

    private static String token() throws Exception {
        var answer = ask(signedAssertion(assertion()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.object(Bytes.utf8(answer.body())).path("access_token").stringValue();
    }

    private static int use(String token, String proof) throws Exception {
        return node.send(
                        HttpRequest.newBuilder(node.at(THINGS))
                                .header("Authorization", "DPoP " + token)
                                .header("DPoP", proof))
                .statusCode();
    }

    private static int use(String token) throws Exception {
        return use(token, signedProof(proof("GET", THINGS, token), HOLDER));
    }

    @Test
    void aTokenOpensNothingWithoutTheKeyThatItIsBoundTo() throws Exception {
        var token = token();
        assertThat(use(token)).isEqualTo(200);
        for (var scheme : List.of("DPoP ", "Bearer ")) {
            var bare =
                    HttpRequest.newBuilder(node.at(THINGS)).header("Authorization", scheme + token);
            assertThat(node.send(bare).statusCode()).isEqualTo(401);
        }
        assertThat(use(token, signedProof(proof("GET", THINGS, token), THIEF))).isEqualTo(401);
        // It shows the holder's key and signs with its own.
        var claims = proof("GET", THINGS, token);
        assertThat(use(token, sign(proofHeader(HOLDER, "ES256"), claims, THIEF))).isEqualTo(401);
    }

    @Test
    void aProofIsGoodForOneRequestOnceAndNow() throws Exception {
        var token = token();
        var once = signedProof(proof("GET", THINGS, token), HOLDER);
        assertThat(use(token, once)).isEqualTo(200);
        assertThat(use(token, once)).isEqualTo(401);
        var others =
                List.of(
                        proof("POST", THINGS, token),
                        proof("GET", "/api/mappings", token),
                        proof("GET", THINGS, token()),
                        proof("GET", THINGS, ""),
                        proof("GET", THINGS, token).put("iat", now() - 120),
                        proof("GET", THINGS, token).put("iat", now() + 120),
                        proof("GET", THINGS, token).put("jti", ""));
        for (var other : others)
            assertThat(use(token, signedProof(other, HOLDER))).as("%s", other).isEqualTo(401);
    }

    @Test
    void anAssertionIsGoodOnceForThisNodeAndItsOwnAccount() throws Exception {
        var once = signedAssertion(assertion());
        assertThat(ask(once).statusCode()).isEqualTo(200);
        assertNoToken(ask(once));
        var others =
                List.of(
                        assertion().put("aud", "https://other.example/oauth2/token"),
                        assertion().put("exp", now() - 1),
                        assertion().put("exp", now() + 3600),
                        assertion().put("iss", "root"),
                        assertion().put("sub", "root"),
                        assertion().put("iat", now() + 600),
                        assertion().put("jti", ""));
        for (var other : others) assertNoToken(ask(signedAssertion(other)));
        assertNoToken(ask(sign(header("JWT", "ES256"), assertion(), THIEF)));
    }

    /// `none`, a MAC keyed with the public key, and the name of another algorithm over a good signature.
    @Test
    void theAlgorithmIsThatOfTheKeyWhateverATokenSays() throws Exception {
        var token = token();
        for (var algorithm : List.of("none", "None", "EdDSA", "ES384", "")) {
            assertNoToken(ask(sign(header("JWT", algorithm), assertion(), ACCOUNT)));
            var claims = proof("GET", THINGS, token);
            assertThat(use(token, sign(proofHeader(HOLDER, algorithm), claims, HOLDER)))
                    .as(algorithm)
                    .isEqualTo(401);
        }
        var unsigned = sign(header("JWT", "none"), assertion(), ACCOUNT);
        assertNoToken(ask(unsigned.substring(0, unsigned.lastIndexOf('.') + 1)));
        assertNoToken(ask(mac(header("JWT", "HS256"), assertion(), ACCOUNT)));
        var shown = mac(proofHeader(HOLDER, "HS256"), proof("GET", THINGS, token), HOLDER);
        assertThat(use(token, shown)).isEqualTo(401);
    }

    private static String mac(ObjectNode header, ObjectNode claims, SigningKey key)
            throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.did().publicKey().toArray(), "HMAC"));
        var input =
                Bytes.utf8(Json.text(header)).toBase64Url()
                        + "."
                        + Bytes.utf8(Json.text(claims)).toBase64Url();
        var tag = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + Bytes.unsafe(tag).toBase64Url();
    }

    /// A header that brings a key along, or says where one is.
    @Test
    void noTokenChoosesTheKeyThatItIsCheckedWith() throws Exception {
        for (var name : List.of("jwk", "jku", "x5u", "kid", "crit", "b64")) {
            var header = header("JWT", "ES256");
            if (name.equals("jwk")) {
                var jwk = header.putObject("jwk");
                Jwk.members(THIEF.did()).forEach(jwk::put);
            } else if (name.equals("kid")) header.put("kid", Jwk.thumbprint(THIEF.did()));
            else if (name.equals("crit")) header.putArray("crit").add("b64");
            else header.put(name, "https://thief.example/keys");
            assertNoToken(ask(sign(header, assertion(), THIEF)));
        }
        var token = token();
        var parts = token.split("\\.");
        var claims = Json.object(Bytes.base64Url(parts[1]));
        var header = Json.object(Bytes.base64Url(parts[0]));
        assertThat(use(sign(header, claims, THIEF))).isEqualTo(401);
        header.set("jwk", proofHeader(THIEF, "ES256").path("jwk"));
        assertThat(use(sign(header, claims, THIEF))).isEqualTo(401);
        assertThat(use(sign(header, claims.put("sub", "root"), ACCOUNT))).isEqualTo(401);
    }

    @Test
    void noOtherTextStandsForTheSameToken() throws Exception {
        var token = token();
        for (var added : List.of("=", "*", "A", ".")) {
            assertThat(use(token + added)).as(added).isEqualTo(401);
            assertNoToken(ask(signedAssertion(assertion()) + added));
        }
        // The bits that the last digit of a signature leaves over.
        int last = token.length() - 1;
        for (char other : new char[] {'A', 'B', 'Q', 'R', 'g', 'h', 'w', 'x'}) {
            if (other == token.charAt(last)) continue;
            assertThat(use(token.substring(0, last) + other)).as("%s", other).isEqualTo(401);
        }
        assertThat(use(token)).isEqualTo(200);
    }
}
