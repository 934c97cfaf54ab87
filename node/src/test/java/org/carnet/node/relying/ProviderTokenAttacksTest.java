// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;

import org.carnet.Bytes;
import org.carnet.jose.Json;
import org.carnet.node.RunningNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.node.ObjectNode;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Tokens that say what is not so, or that are for somebody or something else.
final class ProviderTokenAttacksTest {
    private static final String REFUSED = "/sign-in?refused=";
    private static final String OTHER_ISSUER = "https://evil.example";
    private static final String AUDIENCE = "https://arcadia.example/api";

    @TempDir static Path home;

    private static FakeProvider agora;
    private static RunningNode node;

    @BeforeAll
    static void start() throws Exception {
        agora = FakeProvider.start();
        node =
                RunningNode.start(
                        home.resolve("data"),
                        Map.of(
                                "providers.agora",
                                agora.issuer(),
                                "providers.agora.client",
                                FakeProvider.CLIENT,
                                "providers.agora.roles",
                                "user",
                                "providers.agora.audience",
                                AUDIENCE));
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
        agora.close();
    }

    @AfterEach
    void beHonest() {
        agora.claims = UnaryOperator.identity();
        agora.signature = FakeProvider::es256;
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                signed("not signed at all", (there, claims) -> none(claims)),
                signed("signed with another key", (there, claims) -> foreignKey(claims)),
                signed(
                        "signed with the public key as a secret",
                        ProviderTokenAttacksTest::withPublicKeyAsSecret),
                signed("with another text for its signature", ProviderTokenAttacksTest::malleable),
                signed("with a member said twice", ProviderTokenAttacksTest::saidTwice),
                said("that has expired", claims -> claims.put("exp", now() - 120)),
                said("without an end", claims -> without(claims, "exp")),
                said("of the future", claims -> claims.put("iat", now() + 600)),
                said("for another client", claims -> claims.put("aud", "https://else.example")),
                said("for another client as well", ProviderTokenAttacksTest::forTwo),
                said("for another party", claims -> claims.put("azp", "https://else.example")),
                said("of another issuer", claims -> claims.put("iss", OTHER_ISSUER)),
                said("for another sign-in", claims -> claims.put("nonce", "of-yesterday")),
                said("for no sign-in", claims -> without(claims, "nonce")),
                said("about nobody", claims -> without(claims, "sub")));
    }

    private static Arguments signed(
            String name, BiFunction<FakeProvider, ObjectNode, String> signature) {
        return argumentSet(name, UnaryOperator.<ObjectNode>identity(), signature);
    }

    private static Arguments said(String name, UnaryOperator<ObjectNode> claims) {
        BiFunction<FakeProvider, ObjectNode, String> honest = FakeProvider::es256;
        return argumentSet(name, claims, honest);
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void nobodyEntersWithAnIdentityToken(
            UnaryOperator<ObjectNode> claims,
            BiFunction<FakeProvider, ObjectNode, String> signature)
            throws Exception {
        agora.claims = claims;
        agora.signature = signature;
        var visitor = new Visitor(node);
        var back = visitor.enter(agora, "agora", "victim");
        assertThat(back.toString()).startsWith(REFUSED + "not-proven");
        assertThat(visitor.account()).isEmpty();
    }

    @Test
    void anAccessTokenForThisNodeOpensTheInterfaceForTheAccountThatThePersonHasHere()
            throws Exception {
        var visitor = new Visitor(node);
        visitor.enter(agora, "agora", "walter");
        var own = show(agora.es256(access("walter")));
        assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
        assertThat(own.body()).contains("\"" + visitor.account() + "\"");
        assertThat(visitor.ownAccount().path("identities").size()).isEqualTo(1);
    }

    static Stream<Arguments> foreignAccess() {
        return Stream.of(
                signed("not signed at all", (there, claims) -> none(claims)),
                signed("signed with another key", (there, claims) -> foreignKey(claims)),
                signed("with another text for its signature", ProviderTokenAttacksTest::malleable),
                said("that has expired", claims -> claims.put("exp", now() - 120)),
                said("without an end", claims -> without(claims, "exp")),
                said("for another interface", claims -> claims.put("aud", "https://else.example")),
                said("that is an identity token", claims -> claims.put("aud", FakeProvider.CLIENT)),
                said("of another issuer", claims -> claims.put("iss", OTHER_ISSUER)),
                said("about nobody", claims -> without(claims, "sub")),
                said("that is bound to a key", ProviderTokenAttacksTest::bound));
    }

    @ParameterizedTest
    @MethodSource("foreignAccess")
    void nobodyUsesTheInterfaceWithAnAccessToken(
            UnaryOperator<ObjectNode> claims,
            BiFunction<FakeProvider, ObjectNode, String> signature)
            throws Exception {
        var token = signature.apply(agora, claims.apply(access("victim")));
        assertThat(show(token).statusCode()).isEqualTo(401);
    }

    @Test
    void whoIsSuspendedHereUsesNothingWithAnAccessTokenFromThere() throws Exception {
        var visitor = new Visitor(node);
        visitor.enter(agora, "agora", "xavier");
        EntranceTest.suspend(node, visitor.account());
        assertThat(show(agora.es256(access("xavier"))).statusCode()).isEqualTo(401);
    }

    /// What the operator does not trust the provider to say does not make a dangerous act possible by another door.
    @Test
    void anAccessTokenIsGoodForNoDangerousActOfAProviderWhoseWordDoesNotCount() throws Exception {
        var request =
                HttpRequest.newBuilder(node.at("/api/account/recovery-codes"))
                        .header("Authorization", "Bearer " + agora.es256(access("yvonne")))
                        .POST(HttpRequest.BodyPublishers.noBody());
        var refused = node.send(request);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("step-up-required");
    }

    private static HttpResponse<String> show(String token) throws Exception {
        return node.send(
                HttpRequest.newBuilder(node.at("/api/account"))
                        .header("Authorization", "Bearer " + token));
    }

    private static ObjectNode access(String subject) {
        var claims =
                Json.object()
                        .put("iss", agora.issuer())
                        .put("sub", subject)
                        .put("aud", AUDIENCE)
                        .put("iat", now())
                        .put("auth_time", now())
                        .put("exp", now() + 300);
        claims.putArray("amr").add("hwk");
        return claims;
    }

    private static ObjectNode bound(ObjectNode claims) {
        claims.putObject("cnf").put("jkt", "A".repeat(43));
        return claims;
    }

    private static String none(ObjectNode claims) {
        return base64("{\"alg\":\"none\"}") + "." + base64(Json.text(claims)) + ".";
    }

    private static String foreignKey(ObjectNode claims) {
        var key = FakeProvider.ec();
        return FakeProvider.sign(
                JWSAlgorithm.ES256, key.getKeyID(), FakeProvider.signer(key), claims);
    }

    private static String withPublicKeyAsSecret(FakeProvider there, ObjectNode claims) {
        try {
            var secret = there.key.toPublicJWK().toString();
            return FakeProvider.sign(JWSAlgorithm.HS256, "ec", new MACSigner(secret), claims);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /// The last letter of a signature of 64 bytes holds two bits that nobody reads.
    private static String malleable(FakeProvider there, ObjectNode claims) {
        var token = there.es256(claims);
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        return token.substring(0, token.length() - 1) + alphabet.charAt(last ^ 1);
    }

    private static String saidTwice(FakeProvider there, ObjectNode claims) {
        var twice = Json.text(claims).replaceFirst("\\{", "{\"sub\":\"somebody else\",");
        var signer = FakeProvider.signer(there.key);
        return FakeProvider.sign(JWSAlgorithm.ES256, there.key.getKeyID(), signer, twice);
    }

    private static ObjectNode forTwo(ObjectNode claims) {
        claims.putArray("aud").add(FakeProvider.CLIENT).add("https://else.example");
        return claims;
    }

    private static ObjectNode without(ObjectNode claims, String name) {
        claims.remove(name);
        return claims;
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Bytes.utf8(text).unsafeArray());
    }
}
