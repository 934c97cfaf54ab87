// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.policies;

import java.util.Optional;
import java.util.Set;

/// What policies are asked: may this party do this to that, under these circumstances?
///
/// Two equal questions have the same answer as long as the policies are the same: nothing else enters a decision.
public record Question(Party party, String action, Resource resource, Circumstances circumstances) {

    /// Who asks, by an entity type of the schema such as `Person`.
    ///
    /// @param name what it is known by here
    /// @param roles what it was appointed to be, in lower case
    /// @param factors how it proved itself, as `amr` values (RFC 8176)
    public record Party(String type, String name, Set<String> roles, Set<String> factors) {
        /// Whoever proved nothing.
        public static final Party VISITOR = new Party("Visitor", "anybody", Set.of(), Set.of());

        public Party {
            roles = Set.copyOf(roles);
            factors = Set.copyOf(factors);
        }

        /// Names nobody.
        @Override
        public String toString() {
            return type + roles;
        }
    }

    /// What it is about, by an entity type of the schema such as `Avatar`.
    ///
    /// @param owner the account to which it belongs; empty if to nobody, or if there is no such thing
    public record Resource(String type, String id, Optional<String> owner) {
        /// The node as a whole.
        public static final Resource NODE = new Resource("Node", "node", Optional.empty());

        public static Resource of(String type, String id, Optional<String> owner) {
            return new Resource(type, id, owner);
        }
    }

    /// What else counts.
    ///
    /// @param local whether the request comes from the node's own machine
    /// @param purpose what the data is asked for; empty if that was not said
    /// @param properties which properties are asked for; empty if none are
    /// @param purposes for what the owner shares every one of these properties
    public record Circumstances(
            boolean local, String purpose, Set<String> properties, Set<String> purposes) {
        public static final Circumstances REMOTE = new Circumstances(false, "", Set.of(), Set.of());
        public static final Circumstances LOCAL = new Circumstances(true, "", Set.of(), Set.of());

        public Circumstances {
            properties = Set.copyOf(properties);
            purposes = Set.copyOf(purposes);
        }
    }
}
