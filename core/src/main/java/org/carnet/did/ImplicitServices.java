// SPDX-License-Identifier: Apache-2.0
package org.carnet.did;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The services that every did:webvh has without saying so, unless its document says otherwise (did:webvh 1.0, "DID URL
/// Path Resolution Service", "whois LinkedVP Service").
final class ImplicitServices {
    private ImplicitServices() {}

    static DidDocument add(ObjectNode state, DidWebvh did) {
        var document = state.deepCopy();
        var services =
                document.path("service") instanceof ArrayNode present
                        ? present
                        : document.putArray("service");
        if (!names(services, did, "#files"))
            services.addObject()
                    .put("id", did + "#files")
                    .put("type", "relativeRef")
                    .put("serviceEndpoint", did.base().toString());
        if (!names(services, did, "#whois"))
            services.addObject()
                    .put("@context", "https://identity.foundation/linked-vp/contexts/v1")
                    .put("id", did + "#whois")
                    .put("type", "LinkedVerifiablePresentation")
                    .put("serviceEndpoint", did.base() + "whois.vp");
        return new DidDocument(document);
    }

    private static boolean names(ArrayNode services, DidWebvh did, String fragment) {
        return services.valueStream()
                .map(service -> service.path("id").asString(""))
                .anyMatch(id -> id.equals(fragment) || id.equals(did + fragment));
    }
}
