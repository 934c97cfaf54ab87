// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

/// The answer to an SD-JWT that does not hold: which rule it breaks, and one sentence about this case.
public record SdJwtRefused(SdJwtFlaw flaw, String why) implements SdJwtVerdict {}
