// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.carnet.node.access.Gate;
import org.carnet.node.points.Owners;
import org.carnet.node.points.Records;
import org.carnet.node.points.Suspensions;
import org.carnet.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/// Puts together what looks for fraud.
@Configuration(proxyBeanMethods = false)
public class SignalsConfiguration {
    @Bean
    Suspensions suspensions() {
        return new Suspensions();
    }

    @Bean
    SignalStore signalStore(JdbcClient jdbc) {
        return new SignalStore(jdbc);
    }

    @Bean
    Errands errands() {
        return new Errands();
    }

    @Bean
    Docket docket(
            Records records,
            SignalStore store,
            Suspensions suspensions,
            Errands errands,
            InstantSource clock,
            Settings settings) {
        var signals = settings.signals();
        return new Docket(
                records,
                store,
                suspensions,
                new Docket.Thresholds(signals.stepUp(), signals.suspend(), signals.confirmWithin()),
                clock,
                settings.name(),
                errands::clear);
    }

    @Bean
    Lookout lookout(
            Docket docket,
            Errands errands,
            MeterRegistry meters,
            InstantSource clock,
            SecureRandom random,
            Settings settings) {
        var inbox = new Inbox(random.nextInt());
        FunctionCounter.builder("carnet.signals.dropped", inbox, Inbox::dropped)
                .description("What might have been a sign of fraud and was not looked at in time")
                .register(meters);
        Gauge.builder("carnet.signals.holding", docket, Docket::holding)
                .description("Signals whose effect holds")
                .register(meters);
        var signals = settings.signals();
        var rules =
                new Rules(
                        settings.name(),
                        signals.things(),
                        signals.fastest(),
                        signals.failures(),
                        random::nextLong);
        return new Lookout(inbox, rules, docket, errands, clock);
    }

    @Bean
    OwnedSignals ownedSignals(Docket docket, Errands errands) {
        return new OwnedSignals(docket, errands);
    }

    @Bean
    SignalController signalController(
            Docket docket, SignalStore store, Gate gate, InstantSource clock) {
        return new SignalController(docket, store, gate, clock);
    }

    @Bean
    Owners signalOwners(SignalStore store) {
        return (kind, id) ->
                kind.equals("Signal") && id.matches("[0-9]{1,18}")
                        ? store.find(Long.parseLong(id))
                                .map(signal -> signal.finding().party().owner())
                        : Optional.empty();
    }
}
