// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.envelope.Refused;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.function.Supplier;

/// What owners are answered: what is so now, or the problem.
final class OutcomeJson {
    private OutcomeJson() {}

    /// Does what is asked.
    ///
    /// @throws Problem if it was not done
    static ObjectNode of(Supplier<Registrar.Outcome> request, Instant now) {
        try {
            return of(request.get(), now);
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    private static ObjectNode of(Registrar.Outcome outcome, Instant now) {
        return switch (outcome) {
            case Registrar.Outcome.Registered registered ->
                    Details.object()
                            .put("id", registered.registration().thing().value())
                            .put("record", registered.record());
            case Registrar.Outcome.Mapped mapped ->
                    Terms.json(mapped.permission(), now).put("record", mapped.record());
            case Registrar.Outcome.Changed changed ->
                    put(Details.object().put("id", changed.thing().value()), changed.condition())
                            .put("record", changed.record());
            case Registrar.Outcome.Declined declined -> throw problem(declined.refused());
            case Registrar.Outcome.Conflict conflict ->
                    throw new Problem(ProblemType.CONFLICT, conflict.why());
            case Registrar.Outcome.NotFound notFound ->
                    throw new Problem(ProblemType.NOT_FOUND, notFound.what());
        };
    }

    /// Adds what a thing's owner sees of its condition.
    static ObjectNode put(ObjectNode thing, Condition condition) {
        thing.put("standing", condition.standing().word());
        condition.key().ifPresent(key -> thing.put("key", key.value()));
        return thing;
    }

    static Problem problem(Refused refused) {
        return new Problem(ProblemType.of(refused.reason()), refused.detail());
    }

    static Problem malformed(IllegalArgumentException e) {
        return new Problem(ProblemType.MALFORMED_REQUEST, String.valueOf(e.getMessage()));
    }
}
