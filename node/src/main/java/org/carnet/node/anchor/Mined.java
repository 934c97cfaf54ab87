// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import java.util.Optional;

/// What became of a transaction in a block of the chain as it is now.
///
/// @param done whether it did what it should; otherwise the contract refused it
/// @param contract the contract that it made, if any
record Mined(
        String transaction,
        long block,
        String blockHash,
        boolean done,
        long gas,
        Optional<Address> contract) {}
