// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

/// A leaf of the log and the sealed details whose hash it carries.
record SealedRecord(byte[] leaf, byte[] sealed) {}
