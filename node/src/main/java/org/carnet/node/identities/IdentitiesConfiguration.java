// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.identities;

import org.carnet.node.access.Gate;
import org.carnet.node.points.Exchanges;
import org.carnet.node.points.Owners;
import org.carnet.node.points.Permissions;
import org.carnet.node.points.PlatformIdentity;
import org.carnet.node.points.Records;
import org.carnet.node.points.Secrets;
import org.carnet.node.points.StatusEntries;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/// Puts together what gives avatars identities elsewhere.
@Configuration(proxyBeanMethods = false)
public class IdentitiesConfiguration {
    @Bean
    IdentityStore identityStore(JdbcClient jdbc) {
        return new IdentityStore(jdbc);
    }

    @Bean
    Identities identities(
            IdentityStore store,
            Secrets secrets,
            StatusEntries statuses,
            PlatformIdentity platform,
            Records records,
            SecureRandom random,
            InstantSource clock) {
        return new Identities(
                store, secrets, statuses, platform, new Diary(records), random, clock);
    }

    @Bean
    OwnedIdentities ownedIdentities(Identities identities) {
        return new OwnedIdentities(identities);
    }

    @Bean
    Owners identityOwners(IdentityStore store) {
        return (kind, id) -> kind.equals("Identity") ? store.ownerOf(id) : Optional.empty();
    }

    @Bean
    IdentityController identityController(
            Identities identities, IdentityStore store, Permissions permissions, Gate gate) {
        return new IdentityController(
                identities, store, new Wishes(permissions, store, gate), gate);
    }

    @Bean
    PresentationController presentationController(
            Identities identities, IdentityStore store, Exchanges exchanges, InstantSource clock) {
        return new PresentationController(identities, store, exchanges, clock);
    }
}
