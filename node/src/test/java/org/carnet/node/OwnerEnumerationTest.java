// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;

import org.carnet.Bytes;
import org.carnet.client.AccountKey;
import org.carnet.client.NodeClient;
import org.carnet.client.ThingDescription;
import org.carnet.client.Trust;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;
import org.carnet.node.access.Accounts;
import org.carnet.node.access.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What somebody with an account learns who wants to know who else is here, and what is theirs.
final class OwnerEnumerationTest {
    private static final DidKey HERS = key(1);
    private static final DidKey NOBODYS = key(2);

    private static RunningNode node;
    private static NodeClient bob;
    private static String mapping;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        node = RunningNode.start(home.resolve("node"), Map.of());
        var description = ThingDescription.of(HERS, "A watch").quantity("pulse", "1/min");
        node.operator()
                .post(
                        "api/things",
                        Map.of(
                                "thingDescription",
                                description.toJson(),
                                "owner",
                                "alice",
                                "route",
                                "direct"));
        var permission = new HashMap<String, Object>();
        permission.put("thing", HERS.value());
        permission.put("platform", "test");
        permission.put("avatar", "walker");
        permission.put("owner", "alice");
        permission.put("purpose", "care");
        permission.put("shares", List.of(Map.of("property", "pulse")));
        permission.put("notAfter", "2999-01-01T00:00:00Z");
        mapping = node.operator().post("api/mappings", permission).path("id").asString();
        var accounts = node.node.application().getBean(Accounts.class);
        for (var name : List.of("alice", "bob")) accounts.open(name, Set.of(Role.USER), "test");
        var key = AccountKey.generate("bob");
        accounts.addKey("bob", ECKey.parse(Map.copyOf(key.publicKey())), "test");
        bob = NodeClient.open(node.at("/"), Trust.usual()).as(key);
    }

    @AfterAll
    static void stop() throws Exception {
        bob.close();
        node.close();
    }

    private static DidKey key(int seed) {
        var secret = new byte[32];
        secret[0] = (byte) seed;
        return SigningKey.of(Algorithm.ED25519, Bytes.unsafe(secret)).did();
    }

    @Test
    void whatIsSomebodyElsesLooksLikeWhatIsNotThere() throws Exception {
        for (var path :
                List.of(
                        "GET /api/things/$thing",
                        "GET /api/mappings/$mapping",
                        "POST /api/mappings/$mapping/pause",
                        "POST /api/mappings/$mapping/end",
                        "GET /avatars/$avatar",
                        "GET /avatars/$avatar/properties",
                        "GET /avatars/$avatar/properties/pulse",
                        "GET /avatars/$avatar/properties?purpose=sport",
                        "GET /avatars/$avatar/history?property=pulse",
                        "GET /api/storage/$subject",
                        "GET /api/accounts/$subject")) {
            var theirs = answer(path, HERS, mapping, "walker", "alice");
            var nobodys =
                    answer(
                            path,
                            NOBODYS,
                            "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
                            "runner",
                            "carol");
            assertThat(theirs).as(path).isEqualTo(nobodys).startsWith("403");
        }
    }

    @Test
    void listsShowNothingOfOthers() throws Exception {
        for (var path : List.of("api/things", "api/mappings", "api/avatars"))
            assertThat(bob.get(path).toString()).as(path).doesNotContain("alice", "walker");
        assertThat(node.operator().get("api/things").toString()).contains(HERS.value());
    }

    /// Without the number under which the refusal is on the record, which is another one each time.
    private static String answer(
            String line, DidKey thing, String mapping, String avatar, String subject)
            throws Exception {
        var words = line.split(" ");
        var path =
                words[1].replace("$thing", NodeClient.part(thing.value()))
                        .replace("$mapping", mapping)
                        .replace("$avatar", avatar)
                        .replace("$subject", subject);
        var request =
                HttpRequest.newBuilder(node.at(path)).method(words[0], BodyPublishers.noBody());
        var plain = request.build();
        bob.credentials(plain.method(), plain.uri()).forEach(request::header);
        var answer = node.send(request);
        return answer.statusCode() + " " + answer.body().replaceAll("\"decision\":\\d+,?", "");
    }
}
