// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.policies;

import java.util.List;

/// What the policies answer.
///
/// @param permitted whether it may be done: some policy permits it and none forbids it
/// @param by the ids of the policies that decided, sorted; empty if none speaks of it, which is a refusal
/// @param errors what policies could not evaluate, if any; such a policy counts as if it were not there
public record Verdict(boolean permitted, List<String> by, List<String> errors) {
    public Verdict {
        by = by.stream().sorted().toList();
        errors = List.copyOf(errors);
    }
}
