// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.documents;

import io.swagger.v3.oas.annotations.Hidden;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Serves the documents from which programs and the page `/docs` learn the interface.
@RestController
final class DocumentController {
    private final OpenApi openApi;

    DocumentController(OpenApi openApi) {
        this.openApi = openApi;
    }

    @Hidden
    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String openApi() {
        return openApi.document().json();
    }

    @Hidden
    @GetMapping(path = "/openapi.yaml", produces = "application/yaml;charset=UTF-8")
    String openApiYaml() {
        return openApi.document().yaml();
    }

    @Hidden
    @GetMapping(path = "/asyncapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String asyncApi() {
        return InterfaceDocument.load("/static/asyncapi.yaml").json();
    }
}
