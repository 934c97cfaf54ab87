// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.credential.PlatformCertification;
import org.carnet.credential.Refused;

import java.time.Instant;
import java.util.List;

/// Whether platforms are certified by somebody whom this node's operator accepts.
public interface Certifications {
    /// What a certification is worth that a platform shows.
    ///
    /// @param platform the DID that the platform has proved to be
    /// @param shown a `vc+jwt`
    Standing standing(String platform, String shown, Instant now);

    /// The certifications of this node itself, each as a `vc+jwt` to be shown, the newest first.
    List<String> own();

    /// Certified, or exactly why not.
    sealed interface Standing {}

    /// @param certifier the DID of who certifies
    record Certified(String certifier, PlatformCertification certification) implements Standing {}

    /// @param reasons at least one
    record NotCertified(List<Refused> reasons) implements Standing {
        public NotCertified {
            reasons = List.copyOf(reasons);
        }
    }
}
