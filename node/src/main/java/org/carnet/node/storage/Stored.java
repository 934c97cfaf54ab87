// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Record;

import java.util.Optional;

/// A durable record, and its details as far as they can be opened.
///
/// @param index its number in the log
/// @param details empty once the subject's key was destroyed
public record Stored(long index, Record record, Optional<Bytes> details) {}
