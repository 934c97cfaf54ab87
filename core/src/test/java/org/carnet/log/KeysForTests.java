// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

/// Lets tests of other packages sign as the logs that tests make up.
public final class KeysForTests {
    private KeysForTests() {}

    public static LogSigner log(String origin, int number) {
        return LogKeys.log(origin, number);
    }
}
