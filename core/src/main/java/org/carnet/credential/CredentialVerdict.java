// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import java.util.List;

/// What comes of checking a credential: one that holds now, or everything that is wrong with it.
public sealed interface CredentialVerdict permits VerifiedCredential, CredentialVerdict.Rejected {
    /// @param reasons at least one; what was found after the signature held is told together
    record Rejected(List<Refused> reasons) implements CredentialVerdict {
        public Rejected {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) throw new IllegalArgumentException("nothing is wrong");
        }
    }
}
