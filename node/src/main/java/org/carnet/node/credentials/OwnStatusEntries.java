// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.credential.Status;
import org.carnet.node.points.StatusEntries;

import java.time.InstantSource;

/// Places in this node's lists for credentials that another agent issues.
final class OwnStatusEntries implements StatusEntries {
    private final IssuedStore store;
    private final OwnLists lists;
    private final InstantSource clock;

    OwnStatusEntries(IssuedStore store, OwnLists lists, InstantSource clock) {
        this.store = store;
        this.lists = lists;
        this.clock = clock;
    }

    @Override
    public Entry allocate(String credential, String issuer) {
        var place =
                store.allocate(credential, issuer, clock.instant())
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "a credential of this id was issued before"));
        return new Entry(lists.tokenUrl(place.list()), place.entry());
    }

    @Override
    public void revoke(String credential) {
        store.find(credential)
                .ifPresent(
                        place -> {
                            store.mark(credential, Status.REVOKED);
                            lists.changed(place.list());
                        });
    }
}
