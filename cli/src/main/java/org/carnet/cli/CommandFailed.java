// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

/// A command cannot do what it was asked to; its message is the one sentence that the user reads.
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exit;

    CommandFailed(int exit, String sentence) {
        super(sentence);
        this.exit = exit;
    }

    int exit() {
        return exit;
    }
}
