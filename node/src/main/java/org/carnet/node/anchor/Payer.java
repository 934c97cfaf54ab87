// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigInteger;

/// The account on its chain: signs only what the chain would do, and only what it can and may pay.
///
/// @param most what a unit of gas may cost at most, in wei
record Payer(Chain chain, Account account, BigInteger most) {
    private static final BigInteger GWEI = BigInteger.valueOf(1_000_000_000);

    /// What an estimate may fall short by, when the chain moves on between it and the block.
    private static final long SPARE_GAS = 20_000;

    static BigInteger gwei(int number) {
        return GWEI.multiply(BigInteger.valueOf(number));
    }

    /// The number of the next transaction.
    long next() throws IOException {
        return chain.next(account.address());
    }

    /// Whether the transaction with this number, or another in its place, is in a block.
    boolean used(long number) throws IOException {
        return chain.mined(account.address()) > number;
    }

    /// How much gas to allow a transaction; what the chain would refuse is refused here.
    ///
    /// @param to a contract, or null to make one
    long gas(@Nullable Address to, String data) throws IOException {
        return chain.estimate(account.address(), to, data) + SPARE_GAS;
    }

    boolean allows(Fees fees) {
        return fees.most().compareTo(most) <= 0;
    }

    /// @param to a contract, or null to make one
    SignedTransaction sign(@Nullable Address to, String data, long number, long gas, Fees fees)
            throws IOException {
        if (!allows(fees)) {
            throw new ChainFailure(
                    "a unit of gas may cost %s wei now, and only %s are allowed"
                            .formatted(fees.most(), most));
        }
        var price = fees.most().multiply(BigInteger.valueOf(gas));
        var balance = chain.balance(account.address());
        if (balance.compareTo(price) < 0) {
            throw new ChainFailure(
                    "the account %s has %s wei and the transaction may cost %s: send it some"
                            .formatted(account.address(), balance, price));
        }
        return account.sign(chain.id(), chain.transaction(number, to, data, gas, fees));
    }
}
