// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import tools.jackson.databind.JsonNode;

/// A node's answer to one pack.
public sealed interface Ack {

    /// The pack is on disk as this record of the node's log; [#UNNUMBERED] where the carrier cannot say which.
    record Durable(long record) implements Ack {
        public static final long UNNUMBERED = -1;
    }

    /// The pack was refused and changed nothing.
    ///
    /// @param reason slug of the problem type, such as `replay`; its page is `/problems/<reason>`
    record Refused(String reason, String detail) implements Ack {}

    /// Reads `{"ack":"durable","record":n}` or `{"refused":slug,"detail":text}`.
    static Ack of(JsonNode answer) {
        return answer.has("refused")
                ? new Refused(answer.path("refused").asString(), answer.path("detail").asString(""))
                : new Durable(answer.path("record").asLong(Durable.UNNUMBERED));
    }
}
