// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import org.carnet.node.points.Owners;
import org.carnet.node.points.Permissions;
import org.carnet.node.points.RecordReads;
import org.carnet.node.points.Records;
import org.carnet.node.settings.Settings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

import java.io.IOException;
import java.time.InstantSource;

/// Puts the guard before everything that is served.
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration {
    @Bean
    OwnOrigins ownOrigins(Settings settings) {
        return new OwnOrigins(settings);
    }

    @Bean
    Routes routes(ObjectProvider<Routes.More> more) {
        return Routes.read(more.orderedStream().toList());
    }

    @Bean
    PolicyKeeper policyKeeper(
            Settings settings, ObjectProvider<Records> records, InstantSource clock)
            throws IOException {
        return PolicyKeeper.open(settings.policies(), records::getObject, settings.origin(), clock);
    }

    @Bean
    DecisionRecords decisionRecords(ObjectProvider<Records> records, InstantSource clock) {
        return new DecisionRecords(records::getObject, clock);
    }

    @Bean
    Gate gate(PolicyKeeper policies, DecisionRecords records, ObjectProvider<Owners> owners) {
        return new Gate(policies::inForce, records, () -> owners.orderedStream().toList());
    }

    @Bean
    Reach reach(Routes routes, Gate gate) {
        return new Reach(routes, gate);
    }

    @Bean
    AccessUpkeep accessUpkeep(PolicyKeeper policies, DecisionRecords records, InstantSource clock) {
        return new AccessUpkeep(policies, records, clock);
    }

    @Bean
    DecisionController decisionController(
            Gate gate, PolicyKeeper policies, ObjectProvider<RecordReads> records) {
        return new DecisionController(new DecisionBook(records::getObject), gate, policies);
    }

    @Bean
    Owners knownOwners(ObjectProvider<Permissions> permissions) {
        return new KnownOwners(permissions::getObject);
    }

    @Bean
    FilterRegistrationBean<AccessFilter> access(
            Routes routes, Gate gate, ObjectProvider<Authenticator> authenticators) {
        var filter =
                new FilterRegistrationBean<>(
                        new AccessFilter(routes, gate, authenticators.orderedStream().toList()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }
}
