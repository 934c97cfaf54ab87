// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.health;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Tells operators and their tools how the node is.
@RestController
final class HealthController {
    private final List<HealthCheck> checks;
    private final PrometheusMeterRegistry meters;

    HealthController(List<HealthCheck> checks, PrometheusMeterRegistry meters) {
        this.checks = checks;
        this.meters = meters;
    }

    /// Whether the node runs; what is in trouble says why, and the status stays 200 for whoever would restart it.
    @Operation(tags = "operation", summary = "How the node is")
    @ApiResponse(
            responseCode = "200",
            description = "Always 200 while the node runs.",
            content = @Content(schema = @Schema(ref = "Health")))
    @GetMapping("/health")
    Map<String, Object> readHealth() {
        var troubles = troubles();
        var parts = new TreeMap<String, String>();
        checks.forEach(
                check -> parts.put(check.name(), troubles.getOrDefault(check.name(), "well")));
        return Map.of("status", troubles.isEmpty() ? "well" : "in trouble", "parts", parts);
    }

    /// Whether the node should be sent requests: 503 while any of its parts is in trouble.
    @Operation(tags = "operation", summary = "Whether to send requests")
    @ApiResponse(
            responseCode = "200",
            description = "It is ready.",
            content = @Content(schema = @Schema(ref = "Readiness")))
    @ApiResponse(
            responseCode = "503",
            description = "One of its parts is in trouble.",
            content = @Content(schema = @Schema(ref = "Readiness")))
    @GetMapping("/health/ready")
    ResponseEntity<Map<String, Object>> readReadiness() {
        boolean ready =
                checks.stream()
                        .filter(HealthCheck::isVital)
                        .allMatch(check -> check.trouble().isEmpty());
        return ResponseEntity.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(Map.of("ready", ready));
    }

    /// Everything that is measured, in the text form of Prometheus.
    @Operation(
            tags = "operation",
            summary = "Measurements",
            description = "Without a token from this machine only.")
    @ApiResponse(
            responseCode = "200",
            description = "In the text form of Prometheus.",
            content = @Content(schema = @Schema(type = "string")))
    @GetMapping(path = "/metrics", produces = "text/plain;version=0.0.4;charset=utf-8")
    String readMetrics() {
        return meters.scrape();
    }

    private Map<String, String> troubles() {
        var troubles = new TreeMap<String, String>();
        for (var check : checks) check.trouble().ifPresent(why -> troubles.put(check.name(), why));
        return troubles;
    }
}
