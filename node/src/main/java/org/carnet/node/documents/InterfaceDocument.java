// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.documents;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;

/// A document of the interface, written by hand as YAML for people, served as JSON for programs.
record InterfaceDocument(String json) {
    static InterfaceDocument load(String name) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (var yaml = InterfaceDocument.class.getResourceAsStream("/static/" + name)) {
            var content = new Yaml(new SafeConstructor(options)).load(yaml);
            return new InterfaceDocument(JsonMapper.shared().writeValueAsString(content));
        } catch (IOException e) {
            throw new UncheckedIOException("the document " + name + " cannot be read", e);
        }
    }
}
