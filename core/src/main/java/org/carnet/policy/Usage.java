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
            if (!isNamed(property, applying)) return new Denied(denial(property, lapsed, now));
        }
        applying.removeIf(mapping -> !namesAny(mapping, properties));
        return new Permitted(applying);
    }

    // Loops, because every update comes by here.
    private static boolean isNamed(String property, List<Mapping> mappings) {
        for (var mapping : mappings) if (mapping.names(property)) return true;
        return false;
    }

    private static boolean namesAny(Mapping mapping, Collection<String> properties) {
        for (var property : properties) if (mapping.names(property)) return true;
        return false;
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
