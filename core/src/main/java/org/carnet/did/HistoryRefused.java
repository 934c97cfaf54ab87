// SPDX-License-Identifier: Apache-2.0
package org.carnet.did;

/// The answer to a history that cannot be believed: which rule it breaks, and one sentence about this case.
public record HistoryRefused(HistoryFlaw flaw, String why) implements HistoryVerdict {}
