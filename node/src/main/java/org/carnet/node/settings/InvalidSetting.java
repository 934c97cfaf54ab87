// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

/// A setting that nobody knows or whose value cannot be: the node does not start on a guess.
///
/// The message is one sentence for the operator, with the setting, its value and what is expected.
public final class InvalidSetting extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidSetting(String name, String value, String expected) {
        super("%s = %s is not accepted: expected is %s".formatted(name, value, expected));
    }

    InvalidSetting(String message) {
        super(message);
    }
}
