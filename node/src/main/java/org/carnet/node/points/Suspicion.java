// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.envelope.VerifiedPack;

import java.time.Instant;

/// Where agents tell what may be a sign of fraud (FGMV-46 clause 7.1.6).
///
/// Telling never waits and never fails: what cannot be looked at in time is counted and dropped. Only what somebody
/// *proved* to be theirs may be told of them. A signature that does not hold says nothing about the party that it
/// names, or anybody could have anybody else suspended.
public interface Suspicion {
    /// What sort of party it is; people are asked to prove anew who they are, and never suspended by a signal.
    enum Sort {
        THING,
        AVATAR,
        PLATFORM,
        PERSON
    }

    /// Somebody who proved to be that.
    ///
    /// @param id a DID, or the name of an account
    /// @param owner whose key seals what is recorded of it
    record Party(Sort sort, String id, String owner) {}

    /// A pack with a good signature.
    ///
    /// @param place by which carrier and from where, or by which gateway
    /// @param fresh false if its sequence number had been used before
    record Update(String thing, String owner, VerifiedPack pack, String place, boolean fresh) {}

    void update(Update update);

    /// The party proved who it is, and another proof that it gave with that does not hold.
    ///
    /// @param what in one clause, such as "the avatar's key binding is not signed by its key"
    void failed(Party party, String what);

    /// The party was somewhere on Earth.
    ///
    /// @param platform which platform saw it there
    /// @param latitude in degrees, to the north
    /// @param longitude in degrees, to the east
    void placed(Party party, String platform, double latitude, double longitude, Instant at);

    /// The thing has another owner: what was usual for it before says nothing any more.
    void renewed(String thing);
}
