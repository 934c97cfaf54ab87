// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.stream.Stream;

/// A node answered a request with a problem (RFC 9457); the message is what the node said.
public final class NodeRefused extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String reason;

    /// @param reason empty if the answer was no problem document
    /// @param detail empty if there is none
    NodeRefused(int status, String reason, String detail) {
        super(
                Stream.of("the node answers " + status, reason, detail)
                        .filter(part -> !part.isEmpty())
                        .collect(joining(": ")));
        this.status = status;
        this.reason = reason;
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// The slug of the problem type, such as `not-found`.
    public String reason() {
        return reason;
    }
}
