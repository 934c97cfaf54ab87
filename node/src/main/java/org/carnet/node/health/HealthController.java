// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.health;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

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
    @GetMapping("/health")
    Map<String, Object> health() {
        var troubles = troubles();
        var parts = new TreeMap<String, String>();
        checks.forEach(
                check -> parts.put(check.name(), troubles.getOrDefault(check.name(), "well")));
        return Map.of("status", troubles.isEmpty() ? "well" : "in trouble", "parts", parts);
    }

    /// Whether the node should be sent requests: 503 while any of its parts is in trouble.
    @GetMapping("/health/ready")
    ResponseEntity<Map<String, Object>> ready() {
        boolean ready = troubles().isEmpty();
        return ResponseEntity.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(Map.of("ready", ready));
    }

    /// Everything that is measured, in the text form of Prometheus.
    @GetMapping(path = "/metrics", produces = "text/plain;version=0.0.4;charset=utf-8")
    String metrics() {
        return meters.scrape();
    }

    private Map<String, String> troubles() {
        var troubles = new TreeMap<String, String>();
        for (var check : checks) check.trouble().ifPresent(why -> troubles.put(check.name(), why));
        return troubles;
    }
}
