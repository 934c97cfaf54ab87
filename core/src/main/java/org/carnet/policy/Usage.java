// SPDX-License-Identifier: Apache-2.0
package org.carnet.policy;

import org.carnet.envelope.Reason;
import org.carnet.envelope.Refused;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The decision whether a pack may be used, and under which mappings.
///
/// Each property must be named by at least one mapping that applies now: nothing is collected without a purpose.
public sealed interface Usage {
    /// The mappings that apply now and have a use for something in the pack; never empty.
    record Permitted(List<Mapping> mappings) implements Usage {}

    record Denied(Refused refused) implements Usage {}

    static Usage judge(Collection<String> properties, List<Permission> permissions, Instant now) {
        var applying = new ArrayList<Mapping>(permissions.size());
        var lapsed = new ArrayList<Permission>(0);
        for (var permission : permissions) {
            if (permission.refusal(now).isEmpty()) applying.add(permission.mapping());
            else lapsed.add(permission);
        }
        for (var property : properties) {
            if (applying.stream().noneMatch(mapping -> mapping.names(property))) {
                return new Denied(denial(property, lapsed, now));
            }
        }
        applying.removeIf(mapping -> properties.stream().noneMatch(mapping::names));
        return new Permitted(applying);
    }

    /// The newest mapping that once named the property tells why; without one, nobody ever permitted it.
    private static Refused denial(String property, List<Permission> lapsed, Instant now) {
        return lapsed.reversed().stream()
                .filter(permission -> permission.mapping().names(property))
                .findFirst()
                .flatMap(permission -> permission.refusal(now))
                .map(
                        reason ->
                                new Refused(
                                        reason,
                                        "no mapping that names \"" + property + "\" applies now"))
                .orElseGet(
                        () ->
                                new Refused(
                                        Reason.UNMAPPED_PROPERTY,
                                        "no mapping of this thing names \"" + property + "\""));
    }
}
