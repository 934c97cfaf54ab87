// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.envelope.SequenceWindow;
import org.carnet.identity.DidKey;
import org.carnet.identity.VerificationKey;
import org.carnet.policy.Permission;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// A registered thing and what the path of its updates must remember of it.
///
/// The limits are guarded by the thing's own monitor, which also orders its records; the permissions are replaced as a whole.
final class Thing {
    /// Refusals of one thing that are recorded each second; beyond, they are only counted, so nobody fills the log.
    private static final double RECORDED_REFUSALS = 2;

    private final DidKey did;
    private final String owner;
    private final Optional<DidKey> gateway;
    private volatile @Nullable VerificationKey key;
    private volatile List<Permission> permissions = List.of();

    SequenceWindow window = new SequenceWindow();
    private @Nullable RateLimit updates;
    private @Nullable RateLimit refusals;

    Thing(DidKey did, String owner, Optional<DidKey> gateway) {
        this.did = did;
        this.owner = owner;
        this.gateway = gateway;
    }

    DidKey did() {
        return did;
    }

    String owner() {
        return owner;
    }

    /// The only gateway that may forward its updates or sign for it; empty for a thing that connects directly.
    Optional<DidKey> gateway() {
        return gateway;
    }

    /// Decoded when first needed: of many things, few are busy.
    VerificationKey key() {
        var known = key;
        if (known == null) key = known = VerificationKey.of(did);
        return known;
    }

    List<Permission> permissions() {
        return permissions;
    }

    void permit(List<Permission> permissions) {
        this.permissions = List.copyOf(permissions);
    }

    boolean mayUpdate(double perSecond, long nowMillis) {
        if (updates == null) updates = new RateLimit(perSecond, nowMillis);
        return updates.tryAcquire(nowMillis);
    }

    boolean mayRecordRefusal(long nowMillis) {
        if (refusals == null) refusals = new RateLimit(RECORDED_REFUSALS, nowMillis);
        return refusals.tryAcquire(nowMillis);
    }
}
