// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.conformance;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;

/// The `localConfig.cjs` by which the suites of W3C learn of an implementation; one serves all three of them.
///
/// It names this node alone, so a suite asks nobody else.
final class SuiteConfiguration {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI node;
    private final String issuer;

    /// @param node where it listens over TLS
    /// @param issuer the DID that it issues as
    SuiteConfiguration(URI node, String issuer) {
        this.node = node;
        this.issuer = issuer;
    }

    String text() {
        var root = JSON.createObjectNode();
        root.putObject("settings")
                .put("enableInteropTests", false)
                .put("testAllImplementations", false);
        var one = root.putArray("implementations").addObject();
        one.put("name", "Carnet").put("implementation", "Carnet");
        var issuers = one.putArray("issuers");
        issuers.add(issuer("vc2.0", options().put("cryptosuite", "eddsa-rdfc-2022")));
        issuers.add(issuer("EnvelopingProof", options().put("mediaType", "application/vc+jwt")));
        issuers.add(issuer("eddsa-rdfc-2022", options().put("cryptosuite", "eddsa-rdfc-2022")));
        issuers.add(issuer("eddsa-jcs-2022", options().put("cryptosuite", "eddsa-jcs-2022")));
        issuers.add(issuer("BitstringStatusList", JSON.createObjectNode()));
        one.putArray("verifiers")
                .add(
                        endpoint(
                                "/credentials/verify",
                                "vc2.0",
                                "EnvelopingProof",
                                "eddsa-rdfc-2022",
                                "eddsa-jcs-2022",
                                "BitstringStatusList"));
        one.putArray("vpVerifiers").add(endpoint("/presentations/verify", "vc2.0"));
        return "module.exports = " + root + ";\n";
    }

    private static ObjectNode options() {
        return JSON.createObjectNode().put("revocable", false);
    }

    private ObjectNode issuer(String tag, ObjectNode options) {
        var endpoint = endpoint("/credentials/issue", tag);
        endpoint.set("options", options);
        return endpoint;
    }

    private ObjectNode endpoint(String path, String... tags) {
        var endpoint =
                JSON.createObjectNode().put("id", issuer).put("endpoint", node.resolve(path) + "");
        endpoint.putObject("supports").putArray("vc").add("2.0");
        var list = endpoint.putArray("tags");
        for (var tag : tags) list.add(tag);
        return endpoint;
    }
}
