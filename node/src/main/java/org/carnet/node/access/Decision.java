// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import org.carnet.node.policies.Question;
import org.carnet.node.policies.Rule;

import java.util.List;

/// Whether somebody may do something, and why.
///
/// @param by the policies that decided; empty if none speaks of it, which is a refusal
/// @param errors what policies could not evaluate
/// @param version of the set of policies
public record Decision(
        Question question, boolean permitted, List<Rule> by, List<String> errors, String version) {
    public Decision {
        by = List.copyOf(by);
        errors = List.copyOf(errors);
    }

    /// Why, in words for whoever asked; nothing of what it is about is in them.
    public String reason() {
        if (by.isEmpty()) return "No policy permits this to you.";
        return String.join(" ", by.stream().map(Rule::reason).toList());
    }
}
