// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import org.carnet.node.settings.Settings;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// Where and how a node anchors, as its operator says.
record AnchorSite(
        URI endpoint,
        long chain,
        Address contract,
        Path key,
        Duration interval,
        int confirmations,
        int mostGwei) {

    static AnchorSite of(Settings.Anchor settings) {
        return new AnchorSite(
                settings.rpc(),
                settings.chain(),
                new Address(settings.contract()),
                settings.key(),
                settings.interval(),
                settings.confirmations(),
                settings.mostGwei());
    }

    /// Reaches for the chain, which must be the one that was meant and have the contract.
    Anchorer anchorer(HttpClient http, AnchorStore store, InstantSource clock) throws IOException {
        var account = Account.read(key);
        var there = AnchorContract.at(Chain.open(endpoint, http, chain), contract);
        return new Anchorer(there, account, store, Terms.of(confirmations, mostGwei), clock);
    }

    /// The endpoint stays untold: its path may be the secret of a customer.
    @Override
    public String toString() {
        return "contract " + contract + " on chain " + chain;
    }
}
