// SPDX-License-Identifier: Apache-2.0
package org.carnet.policy;

import org.carnet.envelope.Reason;

import java.time.Instant;
import java.util.Optional;

/// A mapping and what its owner has since said of it.
public record Permission(Mapping mapping, State state) {
    /// An owner may pause and resume a mapping, and end it for good.
    public enum State {
        ACTIVE,
        PAUSED,
        ENDED
    }

    /// Why the mapping does not apply at that instant; empty if it does.
    public Optional<Reason> refusal(Instant now) {
        return switch (state) {
            case ENDED -> Optional.of(Reason.MAPPING_ENDED);
            case PAUSED -> Optional.of(Reason.MAPPING_PAUSED);
            case ACTIVE -> {
                if (now.isBefore(mapping.notBefore()))
                    yield Optional.of(Reason.MAPPING_NOT_STARTED);
                if (!now.isBefore(mapping.notAfter())) yield Optional.of(Reason.MAPPING_EXPIRED);
                yield Optional.empty();
            }
        };
    }

    /// The word for the page: active, paused, ended or expired.
    public String status(Instant now) {
        if (state == State.ACTIVE && !now.isBefore(mapping.notAfter())) return "expired";
        return switch (state) {
            case ACTIVE -> "active";
            case PAUSED -> "paused";
            case ENDED -> "ended";
        };
    }
}
