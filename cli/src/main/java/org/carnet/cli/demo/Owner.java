// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.client.Claim;
import org.carnet.client.NodeClient;
import org.carnet.client.NodeRefused;
import org.carnet.client.Thing;
import org.carnet.client.ThingDescription;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Somebody with an ordinary account at Pulse, who decides about watches of their own.
final class Owner {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String PURPOSE = "presence";

    private final String name;
    private final NodeClient anybody;
    private final NodeClient account;
    private final InstantSource clock;

    private Owner(String name, NodeClient anybody, NodeClient account, InstantSource clock) {
        this.name = name;
        this.anybody = anybody;
        this.account = account;
        this.clock = clock;
    }

    /// Opens the account and lets its owner in by a link, as an administrator does for whoever comes.
    static Owner invite(
            NodeClient operator, NodeClient anybody, String name, Path key, InstantSource clock)
            throws IOException {
        operator.post("api/accounts", Map.of("name", name, "roles", List.of("user")));
        var link = operator.post("api/accounts/" + name + "/sign-in-links", Map.of());
        var joined = anybody.join(link.path("path").asString(), key);
        return new Owner(name, anybody, anybody.as(joined), clock);
    }

    String name() {
        return name;
    }

    /// Unpacks a watch: it attests by what its maker gave it and shows a code, which the owner says.
    ///
    /// @throws IOException if that does not make it theirs
    Thing unpack(Maker.Device device, Path home, SecureRandom random) throws IOException {
        var key = SigningKey.generate(Algorithm.ED25519, random);
        var watch =
                Thing.create(home, key, ThingDescription.ofWatch(key.did(), "Watch of " + name));
        var claim =
                Claim.attest(
                        anybody,
                        watch,
                        List.of(device.certificate()),
                        device.key(),
                        clock.instant());
        account.post("api/claims/" + NodeClient.part(claim.code()), Map.of());
        if (!claim.isConfirmed()) throw new IOException("a watch does not learn whose it is");
        return watch;
    }

    /// Lets the watch feed an avatar of a platform with one property.
    ///
    /// @return by what that platform knows the watch
    DidKey share(Thing watch, String platform, String avatar, String property) throws IOException {
        var mapping = new LinkedHashMap<String, Object>();
        mapping.put("thing", watch.id().value());
        mapping.put("platform", platform);
        mapping.put("avatar", avatar);
        mapping.put("owner", name);
        mapping.put("purpose", PURPOSE);
        mapping.put("shares", List.of(Map.of("property", property)));
        mapping.put("notAfter", clock.instant().plus(DAY).toString());
        var made = account.post("api/mappings", mapping);
        return DidKey.parse(made.path("alias").asString(watch.id().value()));
    }

    /// Gives the avatar an identity at a platform, and shows it there.
    ///
    /// @return what that platform answers, who has verified Pulse and the avatar
    JsonNode introduce(String avatar, DidKey alias, String platform) throws IOException {
        var shows = List.of("represents", "thing", "owner");
        var wish =
                Map.of(
                        "platform",
                        platform,
                        "avatar",
                        avatar,
                        "alias",
                        alias.value(),
                        "shows",
                        shows);
        var identity = account.post("api/identities", wish).path("id").asString();
        var asked = Map.of("body", Map.of("purpose", PURPOSE), "shows", shows);
        var answer = account.post("api/identities/" + identity + "/exchanges", asked);
        if (answer.path("status").asInt() != 200)
            throw new IOException("an avatar was not believed: " + answer);
        return answer.path("answer");
    }

    /// The identities that the owner's avatars have anywhere.
    int identities() throws IOException {
        return account.get("api/identities").size();
    }

    /// Lets the watch change its key by itself.
    void changeKey(Thing watch, SecureRandom random) throws IOException {
        var next = watch.nextKey(random);
        anybody.post(
                "things/" + NodeClient.part(watch.id().value()) + "/key",
                Map.of(
                        "possession",
                        next.possession("pulse", clock.instant()),
                        "consent",
                        next.consent("pulse", clock.instant())));
        next.take();
    }

    /// Gives the watch another key, whatever became of the one before.
    void giveKey(Thing watch, SecureRandom random) throws IOException {
        var next = watch.nextKey(random);
        account.post(
                "api/things/" + NodeClient.part(watch.id().value()) + "/rotate",
                Map.of("possession", next.possession("pulse", clock.instant())));
        next.take();
    }

    /// Says `lost` or `found` of the watch, or of its key that it counts no more, `revoke`.
    void report(Thing watch, String what) throws IOException {
        account.post("api/things/" + NodeClient.part(watch.id().value()) + "/" + what, Map.of());
    }

    /// Hands the watch over, and the next owner gives it a key of theirs.
    void handOver(Thing watch, Owner to, SecureRandom random) throws IOException {
        var path = "api/things/" + NodeClient.part(watch.id().value()) + "/hand-over";
        var code = account.post(path, Map.of("to", to.name)).path("code").asString();
        var next = watch.nextKey(random);
        var possession = next.possession("pulse", clock.instant());
        to.account.post("api/hand-overs", Map.of("code", code, "possession", possession));
        next.take();
    }

    /// How Pulse answers them: `yes`, or why not.
    String asksFor(String path) throws IOException {
        try {
            account.get(path);
            return "yes";
        } catch (NodeRefused refused) {
            return refused.reason();
        }
    }

    /// How many readings an avatar of theirs has had.
    int readings(String avatar, String property) throws IOException {
        return account.get("avatars/" + avatar + "/history?property=" + property).size();
    }
}
