// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.identities;

import org.carnet.credential.AvatarCredential;
import org.carnet.identity.DidKey;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Who one avatar is to one platform (Y.4462): an identifier that it has nowhere else.
///
/// @param id drawn at random; its credential is known by it as well
/// @param avatar its name here; empty where its owner is there in person
/// @param thing what it mirrors, as it is registered here
/// @param platform the DID of that platform
/// @param did its identifier there, which is its key
/// @param alias the thing's identifier there, the same for all avatars of the thing there
/// @param standing until when this platform may present it without asking its owner
record Identity(
        String id,
        String owner,
        Optional<String> avatar,
        Optional<DidKey> thing,
        String platform,
        DidKey did,
        Optional<DidKey> alias,
        Place place,
        Terms terms,
        Instant expires) {

    /// Where the status list tells whether its credential holds.
    record Place(String list, int entry) {}

    /// What its owner allows.
    ///
    /// @param shows the claims that may be shown there
    record Terms(SortedSet<String> shows, Optional<Instant> standing) {
        Terms {
            shows = new TreeSet<>(shows);
            for (var claim : shows) requireClaim(claim);
        }

        static Terms of(Collection<String> shows, Optional<Instant> standing) {
            return new Terms(new TreeSet<>(shows), standing);
        }

        /// Whether this platform may present it by itself.
        boolean isStanding(Instant now) {
            return standing.filter(now::isBefore).isPresent();
        }
    }

    static void requireClaim(String claim) {
        if (!AvatarCredential.CLAIMS.contains(claim))
            throw new IllegalArgumentException(
                    "\"shows\" lists some of " + AvatarCredential.CLAIMS);
    }

    Identity with(Terms terms) {
        return new Identity(id, owner, avatar, thing, platform, did, alias, place, terms, expires);
    }

    /// Names nobody.
    @Override
    public String toString() {
        return "identity " + id;
    }
}
