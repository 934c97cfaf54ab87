// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import org.carnet.node.access.Accounts;
import org.carnet.node.access.BrowserSessions;
import org.carnet.node.access.Oneself;
import org.carnet.node.access.OwnOrigins;
import org.carnet.node.access.SessionCookie;
import org.carnet.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Puts the sign-in at other platforms together.
@Configuration(proxyBeanMethods = false)
public class RelyingConfiguration {
    @Bean
    Providers providers(Settings settings, InstantSource clock) throws IOException {
        return Providers.of(settings.providers().values(), clock);
    }

    @Bean
    ClientKey clientKey(Settings settings, SecureRandom random) throws IOException {
        return ClientKey.open(settings.dataDirectory().resolve("keys"), random);
    }

    @Bean
    RelyingController relyingController(
            Providers providers,
            ClientKey key,
            Accounts accounts,
            BrowserSessions sessions,
            OwnOrigins origins,
            Oneself oneself,
            Settings settings,
            SecureRandom random,
            InstantSource clock) {
        var cookie = new SessionCookie("carnet-journey-" + settings.name());
        var entrance =
                new Entrance(
                        providers,
                        new RelyingParty(key, settings.people().lifetime(), clock),
                        new Journeys(cookie, random, clock),
                        accounts,
                        sessions,
                        origins);
        return new RelyingController(entrance, key, oneself);
    }

    @Bean
    ForeignTokenAuthenticator foreignTokenAuthenticator(
            Providers providers, Accounts accounts, InstantSource clock) {
        return new ForeignTokenAuthenticator(providers, accounts, clock);
    }
}
