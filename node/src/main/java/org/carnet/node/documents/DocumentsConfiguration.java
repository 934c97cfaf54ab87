// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.documents;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Offers the documents of the interface.
@Configuration(proxyBeanMethods = false)
public class DocumentsConfiguration {
    @Bean
    DocumentController documentController() {
        return new DocumentController();
    }
}
