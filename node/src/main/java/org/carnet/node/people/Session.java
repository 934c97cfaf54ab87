// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.node.access.Caller;
import org.carnet.node.access.Role;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/// One browser in which a person is signed in.
///
/// @param id by which the person knows it; it opens nothing
/// @param since when the person last proved who they are
/// @param agent what the browser says it is
record Session(
        UUID id,
        String account,
        Set<Role> roles,
        Set<String> factors,
        Instant since,
        Instant used,
        String agent) {
    Session {
        roles = Set.copyOf(roles);
        factors = Set.copyOf(factors);
    }

    Caller caller() {
        return new Caller(Caller.Kind.PERSON, account, roles, factors, since);
    }
}
