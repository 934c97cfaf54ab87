// SPDX-License-Identifier: Apache-2.0
package org.carnet.policy;

import org.carnet.identity.DidKey;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A permission that lets one thing feed one avatar, for a purpose and a bounded time (FGMV-44 clause 8.1).
///
/// A mapping that exists is well formed and never changes; whether it applies now is asked of a [Permission].
/// The window is half-open, so a mapping and its renewal never both apply.
///
/// @param platform the name of the platform where the avatar lives
/// @param alias the identifier under which the thing is known on that platform, if not its own
public record Mapping(
        String id,
        DidKey thing,
        Optional<DidKey> alias,
        String platform,
        String avatar,
        String owner,
        String purpose,
        Map<String, Share> shares,
        Instant notBefore,
        Instant notAfter) {

    public Mapping {
        shares = Map.copyOf(shares);
        if (shares.isEmpty()) throw new IllegalArgumentException("the mapping shares nothing");
        if (!notBefore.isBefore(notAfter))
            throw new IllegalArgumentException("the mapping ends before it starts");
        if (!avatar.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(
                    "an avatar's name is letters, digits, '.', '_' and '-', 64 at most");
        }
        requireText("owner", owner, 256);
        requireText("purpose", purpose, 256);
        requireText("platform", platform, 64);
    }

    private static void requireText(String name, String text, int limit) {
        if (text.isBlank() || text.length() > limit) {
            throw new IllegalArgumentException(
                    "the " + name + " is a text of 1 to " + limit + " characters");
        }
    }

    /// Shares by their properties; two for one property are refused.
    public static Map<String, Share> sharesOf(List<Share> shares) {
        var byProperty = new HashMap<String, Share>();
        for (var share : shares) {
            if (byProperty.put(share.property(), share) != null) {
                throw new IllegalArgumentException(
                        "the property is shared twice: " + share.property());
            }
        }
        return byProperty;
    }

    /// Whether the mapping has a use for the property, itself or to derive another from it.
    public boolean names(String property) {
        if (shares.containsKey(property)) return true;
        for (var derived : Derived.values()) {
            if (derived.sources().contains(property) && shares.containsKey(derived.property()))
                return true;
        }
        return false;
    }

    /// Every property that a thing may send for this mapping.
    public Set<String> accepted() {
        var accepted = new HashSet<String>();
        for (var property : shares.keySet()) {
            Derived.named(property)
                    .ifPresentOrElse(
                            d -> accepted.addAll(d.sources()), () -> accepted.add(property));
        }
        return accepted;
    }

    /// Whether a pack with these properties passes as it is, so that it may travel under the thing's own signature.
    public boolean passesUnchanged(Set<String> properties) {
        if (alias.isPresent()) return false;
        for (var property : properties) {
            var share = shares.get(property);
            if (share == null || !share.unchanged()) return false;
        }
        return true;
    }
}
