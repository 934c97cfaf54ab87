// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.health;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.carnet.identity.SignatureProvider;
import org.carnet.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.util.List;

import javax.sql.DataSource;

/// Gathers what the parts of the node say of themselves.
@Configuration(proxyBeanMethods = false)
public class HealthConfiguration {
    /// Where every part registers what it measures.
    @Bean
    PrometheusMeterRegistry meters() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Bean
    MeterBinder processMeters() {
        return meters -> {
            new JvmMemoryMetrics().bindTo(meters);
            new JvmThreadMetrics().bindTo(meters);
            new ProcessorMetrics().bindTo(meters);
            new FileDescriptorMetrics().bindTo(meters);
            new UptimeMetrics().bindTo(meters);
        };
    }

    /// Listens to the collector until the node stops.
    @Bean
    JvmGcMetrics garbageCollection() {
        return new JvmGcMetrics();
    }

    @Bean
    HealthCheck databaseCheck(DataSource source) {
        return new DatabaseCheck(source);
    }

    @Bean
    HealthCheck diskCheck(Settings settings) {
        return new DiskCheck(settings.dataDirectory(), settings.storage().segmentBytes());
    }

    @Bean
    HealthCheck signatureCheck() {
        return new SignatureCheck(SignatureProvider.active());
    }

    @Bean
    HealthController healthController(
            List<HealthCheck> checks, List<MeterBinder> binders, PrometheusMeterRegistry meters) {
        binders.forEach(binder -> binder.bindTo(meters));
        return new HealthController(checks, meters);
    }
}
