// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

import java.time.InstantSource;

/// Puts the guard before everything that is served.
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration {
    @Bean
    TokenAuthenticator tokenAuthenticator(BootstrapToken token, InstantSource clock) {
        return new TokenAuthenticator(token, clock);
    }

    @Bean
    FilterRegistrationBean<AccessFilter> access(ObjectProvider<Authenticator> authenticators) {
        var filter =
                new FilterRegistrationBean<>(
                        new AccessFilter(authenticators.orderedStream().toList()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }
}
