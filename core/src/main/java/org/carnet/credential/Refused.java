// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

/// The answer to what does not hold: what is wrong, and one sentence about this case.
public record Refused(Flaw flaw, String why) implements Verification {}
