// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

/// Not to be believed, and why in one clause.
public record Unverified(String reason) implements CheckpointVerdict {}
