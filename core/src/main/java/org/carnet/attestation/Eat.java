// SPDX-License-Identifier: Apache-2.0
package org.carnet.attestation;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;

import java.time.Instant;
import java.util.Optional;

/// What a device says of itself in an Entity Attestation Token (RFC 9711), whichever form the token has.
///
/// @param nonce what it was asked with, 8 to 64 bytes
/// @param ueid its universal identifier, of 7 to 33 bytes
/// @param key the key that it wants to be known by (`cnf`), if that is not the one that signs
/// @param issuedAt when it says that it said so; a device without a clock does not
/// @param secureBoot whether it started with software that its maker approved (`oemboot`)
/// @param debug whether its debugging facilities are open (`dbgstat`)
/// @param softwareName the name of its software
/// @param softwareVersion the version of its software
public record Eat(
        Bytes nonce,
        Optional<Bytes> ueid,
        Optional<DidKey> key,
        Optional<Instant> issuedAt,
        Optional<Boolean> secureBoot,
        Optional<Debug> debug,
        Optional<String> softwareName,
        Optional<String> softwareVersion) {
    private static final int LEAST_NONCE = 8;
    private static final int MOST_NONCE = 64;
    private static final int MOST_TEXT = 256;

    /// The state of the debugging facilities (RFC 9711 section 4.2.9); its place is its number in CBOR.
    public enum Debug {
        ENABLED(0, "enabled"),
        DISABLED(1, "disabled"),
        DISABLED_SINCE_BOOT(2, "disabled-since-boot"),
        DISABLED_PERMANENTLY(3, "disabled-permanently"),
        DISABLED_FULLY_AND_PERMANENTLY(4, "disabled-fully-and-permanently");

        private final int number;
        private final String word;

        Debug(int number, String word) {
            this.number = number;
            this.word = word;
        }

        /// The number of it in CBOR.
        public int number() {
            return number;
        }

        /// The word of it in JSON.
        public String word() {
            return word;
        }
    }

    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public Eat {
        if (nonce.length() < LEAST_NONCE || nonce.length() > MOST_NONCE)
            throw new IllegalArgumentException("eat_nonce has 8 to 64 bytes");
        if (ueid.isPresent() && (ueid.get().length() < 7 || ueid.get().length() > 33))
            throw new IllegalArgumentException("ueid has 7 to 33 bytes");
        requireShort("swname", softwareName);
        requireShort("swversion", softwareVersion);
    }

    private static void requireShort(String name, Optional<String> text) {
        if (text.isPresent() && text.get().length() > MOST_TEXT)
            throw new IllegalArgumentException(name + " is longer than 256 characters");
    }

    /// One that says nothing but which occasion it is made for: a proof of possession.
    public static Eat ofNonce(Bytes nonce) {
        return new Eat(
                nonce,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
