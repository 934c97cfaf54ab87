// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.identities;

import org.carnet.identity.DidKey;
import org.carnet.node.access.Caller;
import org.carnet.node.access.Gate;
import org.carnet.node.points.Permissions;
import org.carnet.node.policies.Question.Resource;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.carnet.policy.Mapping;
import org.carnet.policy.Permission;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads what is asked for an avatar, and lets nobody ask for what is not theirs.
///
/// The gate decides before anything is looked at that others own, so an avatar of somebody else is refused as one that is
/// not there.
final class Wishes {
    private static final Set<String> MEMBERS =
            Set.of("platform", "avatar", "thing", "alias", "owner", "shows", "standing");
    private static final Pattern DID = Pattern.compile("did:[a-z0-9]+:[A-Za-z0-9._:%-]{1,500}");

    private final Permissions permissions;
    private final IdentityStore store;
    private final Gate gate;

    Wishes(Permissions permissions, IdentityStore store, Gate gate) {
        this.permissions = permissions;
        this.store = store;
        this.gate = gate;
    }

    /// @throws Problem if it is malformed, not the caller's to ask, or contradicts what is there
    Identities.Wish of(JsonNode body, Caller caller) {
        IdentityJson.requireOnly(body, MEMBERS);
        var platform = IdentityJson.text(body, "platform");
        if (!DID.matcher(platform).matches())
            throw IdentityJson.malformed("\"platform\" is the DID of a platform.");
        var terms = IdentityJson.terms(body);
        var avatar = IdentityJson.optional(body, "avatar");
        return avatar.isPresent()
                ? ofAvatar(body, caller, avatar.get(), platform, terms)
                : inPerson(body, caller, platform, terms);
    }

    private Identities.Wish inPerson(
            JsonNode body, Caller caller, String platform, Identity.Terms terms) {
        var owner = IdentityJson.optional(body, "owner").orElse(caller.id());
        gate.require(caller, "createIdentity", new Resource("Identity", "new", Optional.of(owner)));
        if (body.has("thing") || body.has("alias"))
            throw IdentityJson.malformed("A thing is represented by an avatar with a name.");
        return new Identities.Wish(
                owner, Optional.empty(), Optional.empty(), platform, Optional.empty(), terms);
    }

    private Identities.Wish ofAvatar(
            JsonNode body, Caller caller, String avatar, String platform, Identity.Terms terms) {
        var resource = gate.resource("Avatar", avatar);
        gate.require(caller, "createIdentity", resource);
        var owner = resource.owner().orElseThrow(() -> notFound("No avatar has this name."));
        if (!IdentityJson.optional(body, "owner").orElse(owner).equals(owner))
            throw IdentityJson.malformed("\"owner\" is not the owner of the avatar.");
        var mappings =
                permissions.ofAvatar(avatar).stream()
                        .filter(permission -> permission.state() != Permission.State.ENDED)
                        .map(Permission::mapping)
                        .toList();
        var thing = thing(mappings, IdentityJson.key(body, "thing"));
        var alias = IdentityJson.key(body, "alias");
        alias.ifPresent(did -> requireAlias(mappings, thing, did, platform));
        return new Identities.Wish(
                owner, Optional.of(avatar), Optional.of(thing), platform, alias, terms);
    }

    private static DidKey thing(List<Mapping> mappings, Optional<DidKey> named) {
        var things = mappings.stream().map(Mapping::thing).distinct().toList();
        if (named.isPresent() ? things.contains(named.get()) : things.size() == 1)
            return named.orElseGet(things::getFirst);
        throw named.isPresent() || things.isEmpty()
                ? notFound("No mapping lets the thing feed this avatar.")
                : IdentityJson.malformed(
                        "The avatar mirrors several things; \"thing\" says which is meant.");
    }

    /// An identifier that two platforms know would link all that they know of the thing.
    private void requireAlias(List<Mapping> mappings, DidKey thing, DidKey alias, String platform) {
        boolean own =
                mappings.stream()
                        .filter(mapping -> mapping.thing().equals(thing))
                        .anyMatch(mapping -> mapping.alias().filter(alias::equals).isPresent());
        if (!own) throw IdentityJson.malformed("\"alias\" is that of a mapping of this thing.");
        if (store.isKnownElsewhere(alias, platform))
            throw new Problem(
                    ProblemType.CONFLICT, "Another platform knows the thing by this alias.");
    }

    private static Problem notFound(String what) {
        return new Problem(ProblemType.NOT_FOUND, what);
    }
}
