// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.credential.Status;
import org.carnet.jose.Json;
import org.carnet.node.RunningNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Credentials of a whole node, over HTTP.
final class CredentialsTest {
    private static final String CREDENTIAL =
            """
            {"@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
             "type": ["VerifiableCredential", "ExampleCredential"],
             "credentialSubject": {"id": "did:example:alice", "alumniOf": "The School of Examples"}}
            """;

    private static RunningNode node;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        node = RunningNode.start(data.resolve("node"), Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
    }

    private static HttpRequest.Builder post(String path, String body) {
        return HttpRequest.newBuilder(node.at(path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static ObjectNode json(String text) {
        return Json.object(Bytes.utf8(text));
    }

    private static ObjectNode issued(String options) throws Exception {
        var body = "{\"credential\": " + CREDENTIAL + ", \"options\": " + options + "}";
        var answer = node.asOperator(post("/credentials/issue", body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return (ObjectNode) json(answer.body()).required("verifiableCredential");
    }

    private static HttpResponse<String> verified(ObjectNode credential) throws Exception {
        return node.send(
                post("/credentials/verify", "{\"verifiableCredential\": " + credential + "}"));
    }

    private static List<String> flaws(ObjectNode credential) throws Exception {
        var answer = verified(credential);
        var flaws = new ArrayList<String>();
        for (var error : json(answer.body()).path("errors"))
            flaws.add(error.path("flaw").asString());
        assertThat(answer.statusCode()).isEqualTo(flaws.isEmpty() ? 200 : 400);
        return flaws;
    }

    private static int marked(ObjectNode credential, String purpose, boolean status)
            throws Exception {
        var body = Json.object().put("credentialId", credential.path("id").asString());
        body.putObject("credentialStatus").put("statusPurpose", purpose);
        body.put("status", status);
        return node.asOperator(post("/credentials/status", body.toString())).statusCode();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"cryptosuite\": \"eddsa-rdfc-2022\"}",
                "{\"mediaType\": \"application/vc+jwt\"}",
                "{\"revocable\": false}"
            })
    void whatIsIssuedIsVerifiedInEveryForm(String options) throws Exception {
        assertThat(flaws(issued(options))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eddsa-jcs-2022", "eddsa-rdfc-2022"})
    void aChangedAStrippedAndAnAddedClaimAreRefused(String suite) throws Exception {
        var issued = issued("{\"cryptosuite\": \"" + suite + "\"}");
        var changed = issued.deepCopy();
        ((ObjectNode) changed.required("credentialSubject")).put("alumniOf", "Another");
        assertThat(flaws(changed)).containsExactly("BAD_SIGNATURE");
        var stripped = issued.deepCopy();
        ((ObjectNode) stripped.required("credentialSubject")).remove("alumniOf");
        assertThat(flaws(stripped)).containsExactly("BAD_SIGNATURE");
        var added = issued.deepCopy();
        added.put("validUntil", "2999-01-01T00:00:00Z");
        assertThat(flaws(added)).containsExactly("BAD_SIGNATURE");
        var unrevocable = issued.deepCopy();
        unrevocable.remove("credentialStatus");
        assertThat(flaws(unrevocable)).containsExactly("BAD_SIGNATURE");
    }

    @Test
    void whatJsonLdWouldDropIsRefusedInAProofOverItsGraph() throws Exception {
        var issued = issued("{\"cryptosuite\": \"eddsa-rdfc-2022\"}");
        issued.withArray("@context").remove(1);
        issued.withArray("type").set(1, "UnknownType");
        ((ObjectNode) issued.required("credentialSubject")).remove("alumniOf");
        assertThat(flaws(issued)).containsExactly("NOT_CANONICAL");
    }

    @Test
    void aContextThatDoesNotComeWithTheNodeIsNeverFetched() throws Exception {
        var foreign =
                CREDENTIAL.replace(
                        "https://www.w3.org/ns/credentials/examples/v2", "https://127.0.0.1:1/c");
        var answer =
                node.asOperator(post("/credentials/issue", "{\"credential\": " + foreign + "}"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("is not one that this node has");
    }

    @Test
    void revocationIsAtOnceInTheListAndForGood() throws Exception {
        var issued = issued("{}");
        assertThat(flaws(issued)).isEmpty();
        assertThat(marked(issued, "suspension", true)).isEqualTo(200);
        assertThat(bits(issued)).containsExactly(0, 1, Status.SUSPENDED.code());
        assertThat(marked(issued, "suspension", false)).isEqualTo(200);
        assertThat(bits(issued)).containsExactly(0, 0, 0);
        assertThat(marked(issued, "revocation", true)).isEqualTo(200);
        assertThat(bits(issued)).containsExactly(1, 0, Status.REVOKED.code());
        assertThat(marked(issued, "suspension", false)).isEqualTo(409);
        assertThat(marked(issued, "revocation", false)).isEqualTo(400);
        assertThat(bits(issued)).containsExactly(1, 0, Status.REVOKED.code());
    }

    /// What the two Bitstring Status Lists and the Token Status List of the node say, as everybody reads them.
    private static List<Integer> bits(ObjectNode issued) throws Exception {
        var entries = issued.required("credentialStatus");
        int index = Integer.parseInt(entries.path(0).path("statusListIndex").asString());
        var bits = new ArrayList<Integer>();
        for (var entry : entries) {
            var path = URI.create(entry.path("statusListCredential").asString()).getPath();
            var list = json(node.get(path).body());
            var encoded = list.path("credentialSubject").path("encodedList").asString();
            bits.add(Lists.bit(encoded, index));
        }
        var path = URI.create(entries.path(0).path("statusListCredential").asString()).getPath();
        bits.add(Lists.token(node.get(path.substring(0, path.lastIndexOf('/'))).body(), index));
        return bits;
    }

    @Test
    void aRevokedCredentialIsRefused() throws Exception {
        var issued = issued("{}");
        assertThat(marked(issued, "revocation", true)).isEqualTo(200);
        assertThat(flaws(issued)).isSubsetOf("REVOKED");
    }

    @Test
    void placesInTheListTellNeitherOrderNorTime() throws Exception {
        var indices = new ArrayList<Integer>();
        for (int i = 0; i < 12; i++)
            indices.add(
                    Integer.parseInt(
                            issued("{}")
                                    .path("credentialStatus")
                                    .path(0)
                                    .path("statusListIndex")
                                    .asString()));
        assertThat(indices).doesNotHaveDuplicates();
        long neighbours = 0;
        for (int i = 1; i < indices.size(); i++)
            if (Math.abs(indices.get(i) - indices.get(i - 1)) <= 16) neighbours++;
        assertThat(neighbours).isLessThan(3);
        assertThat(indices).isNotEqualTo(indices.stream().sorted().toList());
    }

    @Test
    void aMemberTwiceIsRefusedBeforeAnythingIsBelieved() throws Exception {
        var issued = issued("{}").toString();
        var twice = issued.replaceFirst("\\{", "{\"issuer\":\"did:example:mallory\",");
        var answer =
                node.send(post("/credentials/verify", "{\"verifiableCredential\": " + twice + "}"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("malformed-request");
    }

    @Test
    void onlyWhoMayHasTheNodeIssueAndRevoke() throws Exception {
        var body = "{\"credential\": " + CREDENTIAL + "}";
        assertThat(node.send(post("/credentials/issue", body)).statusCode()).isEqualTo(401);
        assertThat(node.send(post("/credentials/status", "{}")).statusCode()).isEqualTo(401);
        var foreign = body.replaceFirst("\"type\"", "\"issuer\": \"did:example:x\", \"type\"");
        var answer = node.asOperator(post("/credentials/issue", foreign));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("the issuer is not this node");
    }

    @Test
    void anIdIsRevocableOnceOnly() throws Exception {
        var named =
                "{\"credential\": "
                        + CREDENTIAL.replaceFirst(
                                "\"type\"", "\"id\": \"urn:example:twice\", \"type\"")
                        + "}";
        assertThat(node.asOperator(post("/credentials/issue", named)).statusCode()).isEqualTo(201);
        assertThat(node.asOperator(post("/credentials/issue", named)).statusCode()).isEqualTo(400);
    }

    @Test
    void aPlatformIsCertifiedAndShowsItAndIsNotBelievedWhereItsCertifierIsUnknown()
            throws Exception {
        var did = issued("{}").path("issuer").asString();
        var body =
                """
                {"platform": "%s", "level": "substantial", "scope": ["crossing"],
                 "validUntil": "2999-01-01T00:00:00Z"}
                """
                        .formatted(did);
        assertThat(node.send(post("/api/certifications", body)).statusCode()).isEqualTo(401);
        var answer = node.asOperator(post("/api/certifications", body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var certified = json(answer.body());
        assertThat(flaws((ObjectNode) certified.required("credential"))).isEmpty();
        var jwt = certified.path("jwt").asString();
        var own = Json.object().put("certification", jwt);
        assertThat(node.asOperator(post("/api/certifications/own", own.toString())).statusCode())
                .isEqualTo(204);
        assertThat(node.get("/certifications").body()).contains(jwt);
        var check = own.put("platform", did).toString();
        var standing = json(node.asOperator(post("/api/certifications/check", check)).body());
        assertThat(standing.path("certified").booleanValue()).isFalse();
        assertThat(standing.path("errors").path(0).path("flaw").asString())
                .isEqualTo("WRONG_ISSUER");
    }
}
