// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.documents;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// A document of the interface: YAML for people, JSON for programs.
record InterfaceDocument(Map<String, Object> content) {
    static InterfaceDocument load(String resource) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (var yaml = InterfaceDocument.class.getResourceAsStream(resource)) {
            return new InterfaceDocument(new Yaml(new SafeConstructor(options)).load(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException("the document " + resource + " cannot be read", e);
        }
    }

    /// The same document with more paths, before those it has.
    InterfaceDocument withPaths(Map<String, Object> more) {
        var paths = new LinkedHashMap<>(more);
        if (content.get("paths") instanceof Map<?, ?> own) {
            own.forEach((path, verbs) -> paths.put(String.valueOf(path), verbs));
        }
        var all = new LinkedHashMap<>(content);
        all.put("paths", paths);
        return new InterfaceDocument(all);
    }

    String json() {
        return JsonMapper.shared().writeValueAsString(content);
    }

    String yaml() {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setDereferenceAliases(true);
        return new Yaml(options).dump(content);
    }
}
