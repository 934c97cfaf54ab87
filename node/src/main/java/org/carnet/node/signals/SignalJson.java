// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import org.carnet.node.points.Suspicion.Party;
import org.carnet.node.points.Suspicion.Sort;
import org.carnet.node.signals.Signal.Effect;
import org.carnet.node.signals.Signal.State;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Locale;

/// How signals are written: to callers, and in the details of records.
final class SignalJson {
    private SignalJson() {}

    static String slug(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ObjectNode finding(Finding finding) {
        var json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("sort", slug(finding.party().sort()))
                        .put("party", finding.party().id())
                        .put("rule", finding.rule().slug())
                        .put("score", rounded(finding.score()));
        json.set("reasons", reasons(finding.reasons()));
        return json;
    }

    static ArrayNode reasons(List<String> reasons) {
        var array = JsonNodeFactory.instance.arrayNode();
        reasons.forEach(array::add);
        return array;
    }

    static List<String> reasons(String stored) {
        return JsonMapper.shared().readTree(stored).valueStream().map(JsonNode::asString).toList();
    }

    /// What was decided about a signal, for the record.
    static ObjectNode decided(Signal signal) {
        var json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("signal", signal.id())
                        .put("party", signal.finding().party().id())
                        .put("effect", slug(signal.effect()))
                        .put("state", slug(signal.state()));
        signal.decision().ifPresent(decision -> json.put("why", decision.why()));
        return json;
    }

    static ObjectNode of(Signal signal) {
        var json = JsonNodeFactory.instance.objectNode().put("id", signal.id());
        json.setAll(finding(signal.finding()));
        json.put("owner", signal.finding().party().owner())
                .put("joint", rounded(signal.joint()))
                .put("effect", slug(signal.effect()))
                .put("state", slug(signal.state()))
                .put("raised", signal.raised().toString());
        signal.due().ifPresent(due -> json.put("due", due.toString()));
        signal.decision()
                .ifPresent(
                        decision ->
                                json.putObject("decision")
                                        .put("by", decision.by())
                                        .put("at", decision.at().toString())
                                        .put("why", decision.why()));
        return json;
    }

    static Party party(String sort, String id, String owner) {
        return new Party(Sort.valueOf(sort), id, owner);
    }

    static Effect effect(String name) {
        return Effect.valueOf(name);
    }

    static State state(String name) {
        return State.valueOf(name);
    }

    private static double rounded(double score) {
        return Math.round(score * 1000) / 1000.0;
    }
}
