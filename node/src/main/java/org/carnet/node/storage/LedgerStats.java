// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.util.Optional;

/// What a ledger has done since it was opened, and how it is.
///
/// @param records how many durable records it holds in all
/// @param covered how many of them the latest checkpoint covers
/// @param commits how often it forced records to disk
/// @param bytes how many bytes of records it wrote
/// @param trouble why it refuses records at present, or does not cover them, if so
public record LedgerStats(
        long records, long covered, long commits, long bytes, Optional<String> trouble) {}
