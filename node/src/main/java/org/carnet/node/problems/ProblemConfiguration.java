// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.problems;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import java.util.List;

/// Turns every error into a problem and serves the pages that explain them.
@Configuration(proxyBeanMethods = false)
public class ProblemConfiguration {
    @Bean
    ProblemPages problemPages() {
        return new ProblemPages();
    }

    @Bean
    WebMvcConfigurer problemAnswers() {
        return new WebMvcConfigurer() {
            @Override
            public void configureHandlerExceptionResolvers(
                    List<HandlerExceptionResolver> resolvers) {
                resolvers.add(new ProblemResolver());
            }
        };
    }
}
