// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.documents;

import org.carnet.node.access.Routes;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Offers the documents of the interface.
@Configuration(proxyBeanMethods = false)
public class DocumentsConfiguration {
    @Bean
    OpenApi openApi(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            Routes routes) {
        return new OpenApi(mapping, routes);
    }

    @Bean
    DocumentController documentController(OpenApi openApi) {
        return new DocumentController(openApi);
    }
}
