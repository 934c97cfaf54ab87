// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import org.web3j.crypto.Hash;

import java.math.BigInteger;
import java.util.Optional;

/// The rules of the contract, by the error with which it refuses: 4 bytes of a hash, then words of 32 bytes.
enum Refusal {
    EMPTY("Empty()", "an empty tree proves nothing"),
    NOT_OWNER("NotOwner(address)", "another account anchored this origin first"),
    DUPLICATE("Duplicate(uint64)", "the checkpoint of %d records is anchored already"),
    CONFLICT(
            "Conflict(uint64,bytes32)",
            "another root is anchored for %d records: the log was forked"),
    SMALLER("Smaller(uint64,uint64)", "a checkpoint of %d records is anchored, which is more"),
    NOT_HEIR("NotHeir()", "nobody has offered this origin to the account"),
    NO_SUCH_ANCHOR("NoSuchAnchor(uint256)", "there are only %d anchors");

    private static final int SELECTOR = 10;
    private static final int WORD = 64;

    private final String selector;
    private final String sentence;

    Refusal(String signature, String sentence) {
        this.selector = Hash.sha3String(signature).substring(0, SELECTOR);
        this.sentence = sentence;
    }

    /// The sentence for what a reverted call returned; empty if it is no refusal of this contract.
    static Optional<String> of(String data) {
        if (!data.matches("0x([0-9a-f]{2}){4,}")) return Optional.empty();
        for (var refusal : values()) {
            if (!data.startsWith(refusal.selector)) continue;
            var words = data.substring(SELECTOR);
            if (!refusal.sentence.contains("%d")) return Optional.of(refusal.sentence);
            if (words.length() < WORD) return Optional.empty();
            var number = new BigInteger(words.substring(0, WORD), 16);
            return Optional.of(refusal.sentence.formatted(number));
        }
        return Optional.empty();
    }
}
