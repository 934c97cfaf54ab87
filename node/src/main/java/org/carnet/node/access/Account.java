// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/// Somebody who is known here by name: a person, or a program that acts in its own name.
///
/// The name is unique for ever, and is what things and avatars say of whom they belong to.
public record Account(String name, Set<Role> roles, State state, Instant opened) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*");
    private static final int LONGEST_NAME = 64;

    /// Whether it may sign in; what is closed is never opened again.
    public enum State {
        ACTIVE,
        SUSPENDED,
        CLOSED
    }

    public Account {
        requireName(name);
        roles = Set.copyOf(roles);
    }

    public boolean active() {
        return state == State.ACTIVE;
    }

    /// @throws IllegalArgumentException if no account can have this name
    public static void requireName(String name) {
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"name\" starts with a lower-case letter and has up to "
                            + LONGEST_NAME
                            + " lower-case letters and digits, with single dots, hyphens or"
                            + " underscores between them");
        }
    }
}
