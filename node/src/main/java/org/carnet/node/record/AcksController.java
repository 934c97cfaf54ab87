// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.record;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import org.carnet.node.points.Acks;
import org.carnet.node.points.RecordReads.Stored;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// How far each of the three acknowledgements has come, for everybody: the log is public.
@RestController
final class AcksController {
    private final Acks acks;

    AcksController(Acks acks) {
        this.acks = acks;
    }

    @Operation(
            tags = "log",
            summary = "How far each acknowledgement has come, and how long it takes")
    @ApiResponse(
            responseCode = "200",
            description = "Durable, included and witnessed, in this order.",
            content = @Content(schema = @Schema(ref = "Acks")))
    @GetMapping("/log/acks")
    ObjectNode readAcks() {
        var json = JsonNodeFactory.instance.objectNode().put("witnesses", acks.witnesses());
        var list = json.putArray("acks");
        for (var level : Acks.Level.values()) {
            var reached = list.addObject().put("level", name(level));
            acks.reach(level)
                    .ifPresent(
                            reach ->
                                    reached.put("size", reach.size())
                                            .put("at", reach.at().toString()));
            acks.latency(level)
                    .ifPresent(
                            latency ->
                                    reached.put("medianMillis", millis(latency.median()))
                                            .put("p99Millis", millis(latency.p99()))
                                            .put("samples", latency.samples()));
        }
        return json;
    }

    /// When a record became what.
    static void describe(ObjectNode record, Stored stored, Acks acks) {
        var json = record.putObject("acks");
        json.putObject("durable").put("at", stored.record().time().toString());
        for (var level : List.of(Acks.Level.INCLUDED, Acks.Level.WITNESSED)) {
            acks.of(level, stored.index())
                    .ifPresent(
                            step -> {
                                var reached = json.putObject(name(level)).put("size", step.size());
                                step.at().ifPresent(at -> reached.put("at", at.toString()));
                            });
        }
    }

    private static String name(Acks.Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / (double) Duration.ofMillis(1).toNanos();
    }
}
