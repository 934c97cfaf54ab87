// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

/// What a durable record becomes in time.
public enum Level {
    /// A checkpoint that the log signed covers it.
    INCLUDED,
    /// Such a checkpoint has the cosignatures that the node's policy demands.
    WITNESSED
}
