// SPDX-License-Identifier: Apache-2.0
package org.carnet.exchange;

import java.time.Instant;

/// Decides whether a platform is certified by somebody who is trusted here, now and not only once.
@FunctionalInterface
public interface CertificationCheck {
    /// @param platform the DID whose signature holds
    /// @param certification what it brought as a proof
    Answer check(String platform, String certification, Instant now);

    /// Who certifies, or why nobody does.
    sealed interface Answer {}

    record Certified(String certifier) implements Answer {}

    record Uncertified(String why) implements Answer {}
}
