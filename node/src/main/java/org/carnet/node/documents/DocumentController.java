// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.documents;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Serves the documents from which programs and the page `/docs` learn the interface.
@RestController
final class DocumentController {
    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String openApi() {
        return InterfaceDocument.load("openapi.yaml").json();
    }

    @GetMapping(path = "/asyncapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String asyncApi() {
        return InterfaceDocument.load("asyncapi.yaml").json();
    }
}
