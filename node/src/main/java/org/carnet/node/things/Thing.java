// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.envelope.Refused;
import org.carnet.envelope.SequenceWindow;
import org.carnet.identity.DidKey;
import org.carnet.identity.VerificationKey;
import org.carnet.policy.Permission;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A registered thing and what the path of its updates must remember of it.
///
/// The limits and windows are guarded by the thing's own monitor, which also orders its records; the permissions and the
/// condition are replaced as a whole. With another owner it is another object.
final class Thing {
    /// Refusals of one thing that are recorded each second; beyond, they are only counted, so nobody fills the log.
    private static final double RECORDED_REFUSALS = 2;

    private final DidKey did;
    private final String owner;
    private final Optional<DidKey> gateway;

    /// Null while it is as it was registered: of many things, few ever change their key.
    private volatile @Nullable Condition condition;

    private volatile @Nullable VerificationKey key;
    private volatile List<Permission> permissions = List.of();

    private SequenceWindow window = new SequenceWindow();
    private @Nullable SequenceWindow vouched;
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

    Condition condition() {
        var changed = condition;
        return changed == null ? Condition.fresh(did) : changed;
    }

    /// Changes its condition; a new key starts to count its updates anew, so that whoever had the old one cannot have
    /// used up the numbers.
    ///
    /// @return takes it back
    synchronized Runnable become(Condition next) {
        var before = condition;
        var numbers = window;
        if (!next.key().equals(condition().key())) window = new SequenceWindow();
        condition = next;
        return () -> {
            synchronized (this) {
                condition = before;
                window = numbers;
            }
        };
    }

    /// Whether that is its own key now, or was.
    boolean had(DidKey signer) {
        var changed = condition;
        return changed == null ? did.equals(signer) : changed.had(signer);
    }

    /// Why nothing that this key signed then is taken now; null if it is. The key is its own, an earlier one, or its
    /// gateway's.
    @Nullable Refused bars(DidKey signer, Instant signedAt) {
        var changed = condition;
        return changed == null ? null : changed.bars(signer, signedAt);
    }

    /// The key of a signer that it has or had; decoded when first needed: of many things, few are busy.
    VerificationKey key(DidKey signer) {
        var known = key;
        if (known == null || !known.did().equals(signer)) {
            known = VerificationKey.of(signer);
            if (isCurrent(signer)) key = known;
        }
        return known;
    }

    /// Which numbers were used with that key, which has to be its own or its gateway's.
    synchronized SequenceWindow window(DidKey signer) {
        if (had(signer)) return window;
        if (vouched == null) vouched = new SequenceWindow();
        return vouched;
    }

    /// What is to be remembered of a window: the numbers that were used with one key.
    record Used(DidKey signer, SequenceWindow.State numbers) {}

    /// One for each key that was ever used, of those that may be used now.
    synchronized List<Used> used() {
        var used = new ArrayList<Used>(1);
        condition().key().ifPresent(own -> used.add(new Used(own, window.state())));
        if (vouched != null && gateway.isPresent())
            used.add(new Used(gateway.get(), vouched.state()));
        used.removeIf(one -> one.numbers().highest() == 0);
        return used;
    }

    /// Takes what was remembered; of a key that it no longer has, it means nothing any more.
    synchronized void remember(Used used) {
        if (isCurrent(used.signer())) window = new SequenceWindow(used.numbers());
        else if (isGateway(used.signer())) vouched = new SequenceWindow(used.numbers());
    }

    /// Takes a number that is known to be used.
    synchronized void remember(DidKey signer, long number) {
        if (isCurrent(signer) || isGateway(signer)) window(signer).accept(number);
    }

    private boolean isCurrent(DidKey signer) {
        return condition().key().filter(signer::equals).isPresent();
    }

    private boolean isGateway(DidKey signer) {
        return gateway.filter(signer::equals).isPresent();
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
