// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.policies;

/// One policy as it stands in its file.
///
/// @param id what it is called, in decisions and by operators: its annotation `@id`
/// @param file the name of the file that holds it
/// @param forbids whether it forbids, which outweighs everything that permits
/// @param reason why it is there, in words for whoever meets it: its annotation `@reason`
/// @param text the policy itself, in Cedar
public record Rule(
        String id, String file, boolean forbids, String reason, String text, Scope scope) {}
