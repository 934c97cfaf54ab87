// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

/// What an issuer says of a credential that it issued; the codes are those of Token Status List section 7.1.
public enum Status {
    VALID(0, "valid"),
    /// For good.
    REVOKED(1, "revocation"),
    /// For now.
    SUSPENDED(2, "suspension");

    private final int code;
    private final String purpose;

    Status(int code, String purpose) {
        this.code = code;
        this.purpose = purpose;
    }

    public int code() {
        return code;
    }

    /// The `statusPurpose` of a Bitstring Status List that tells it.
    public String purpose() {
        return purpose;
    }
}
