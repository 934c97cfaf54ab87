// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

/// The answer to what was not accepted: why, and one sentence about this case.
public record Refused(Reason reason, String detail)
        implements Decoding, Verification, Admission, Statement, Authentication {}
