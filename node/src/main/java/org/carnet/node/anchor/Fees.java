// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import java.math.BigInteger;

/// What a transaction offers for each unit of gas, in wei (EIP-1559): at most `most`, of which `tip` goes to the block's maker.
record Fees(BigInteger most, BigInteger tip) {
    private static final BigInteger EIGHT = BigInteger.valueOf(8);

    /// Room for the base fee to double before the transaction is left behind.
    static Fees of(BigInteger base, BigInteger tip) {
        return new Fees(base.shiftLeft(1).add(tip), tip);
    }

    /// What a replacement must offer at least: nodes ask for a tenth more, this is an eighth.
    Fees raised() {
        return new Fees(raised(most), raised(tip));
    }

    private static BigInteger raised(BigInteger fee) {
        return fee.add(fee.divide(EIGHT)).add(BigInteger.ONE);
    }

    Fees atLeast(Fees other) {
        return new Fees(most.max(other.most), tip.max(other.tip));
    }
}
