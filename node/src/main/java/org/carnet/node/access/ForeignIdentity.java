// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

/// A person as the OpenID Provider of another platform knows them.
///
/// A subject is somebody only together with its issuer: two platforms may well use the same one.
public record ForeignIdentity(String issuer, String subject) {
    private static final int LONGEST = 255;

    /// @throws IllegalArgumentException if no provider may call anybody so (OpenID Connect Core section 2)
    public ForeignIdentity {
        if (issuer.isEmpty() || !subject.matches("[ -~]{1," + LONGEST + "}")) {
            throw new IllegalArgumentException(
                    "a subject has up to " + LONGEST + " printable ASCII characters");
        }
    }

    /// Names nobody.
    @Override
    public String toString() {
        return "somebody of " + issuer;
    }
}
