// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

/// The first of the three acknowledgements: the records from `firstIndex` on are durable.
public record Receipt(long firstIndex) {}
