// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.identity.DidKey;
import org.carnet.identity.Jwk;
import org.carnet.jose.Json;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What a platform says of one of its avatars to one other platform (FGMV-44 clauses 7.2.5 and 8.2): which key is its own,
/// what it represents, and whose it is.
///
/// All that tells something of it is hidden until its holder shows it (docs/wire/avatar-credential.md). A copy for one
/// platform has nothing in common with a copy for another but who issued it and on which day: key, salts, identifiers and
/// place in the status list are drawn anew for each.
///
/// @param avatar its identifier for that platform, which is its key
/// @param thing the identifier of the thing for that platform; empty where it represents a person
/// @param owner what stands for the owner at that platform
/// @param name what its own platform calls it; shown to two platforms, it links what they know
public record AvatarCredential(
        DidKey avatar,
        Optional<String> thing,
        String owner,
        Optional<String> name,
        Instant from,
        Instant until) {
    public static final String TYPE = "AvatarCredential";

    /// What can be hidden or shown.
    public static final List<String> CLAIMS = List.of("represents", "thing", "owner", "avatar");

    /// How long a copy is good.
    public static final Duration LIFETIME = Duration.ofDays(30);

    /// As many digests stand in each, whatever it says, so that their number tells nothing.
    private static final int DIGESTS = 8;

    public AvatarCredential {
        if (!from.equals(day(from)) || !until.equals(day(until)))
            throw new IllegalArgumentException(
                    "an avatar's credential is good for whole days, so that its times link"
                            + " nothing");
        if (!from.isBefore(until))
            throw new IllegalArgumentException("the credential ends before it starts");
    }

    /// The beginning of the day of UTC.
    public static Instant day(Instant time) {
        return time.truncatedTo(ChronoUnit.DAYS);
    }

    /// The copy, with all of its disclosures, for its holder alone.
    ///
    /// @param list the URL of the Token Status List, and `index` its place there
    public SdJwt issue(SdJwtIssuance issuance, String issuer, String list, int index) {
        var claims = Json.object();
        claims.put("iss", issuer).put("vct", TYPE);
        claims.put("nbf", from.getEpochSecond()).put("exp", until.getEpochSecond());
        var jwk = claims.putObject("cnf").putObject("jwk");
        Jwk.members(avatar).forEach(jwk::put);
        claims.putObject("status").putObject("status_list").put("idx", index).put("uri", list);
        claims.put("represents", thing.isPresent() ? "thing" : "person");
        thing.ifPresent(did -> claims.put("thing", did));
        claims.put("owner", owner);
        name.ifPresent(text -> claims.put("avatar", text));
        var hidden = new HashSet<String>();
        for (var claim : CLAIMS) if (claims.has(claim)) hidden.add("/" + claim);
        return issuance.issue(claims, hidden, DIGESTS - hidden.size());
    }
}
