// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// Puts the guard before everything that is served.
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration {
    @Bean
    FilterRegistrationBean<AccessFilter> access(BootstrapToken token) {
        var filter = new FilterRegistrationBean<>(new AccessFilter(token));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }
}
