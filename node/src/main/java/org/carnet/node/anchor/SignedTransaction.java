// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

/// A transaction as the chain takes it, and the hash by which it is known; sending it twice does it once.
record SignedTransaction(String hash, String raw) {}
