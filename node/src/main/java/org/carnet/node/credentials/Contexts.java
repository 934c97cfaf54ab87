// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.jsonld.loader.DocumentLoaderOptions;

import org.carnet.Bytes;
import org.carnet.credential.CredentialVerifier;
import org.carnet.credential.RelatedResource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The JSON-LD contexts that come with the node, byte for byte as W3C publishes them; there are no others.
///
/// A context decides what a credential means, so none is ever fetched: whoever could change one on its way would change
/// what was signed.
final class Contexts implements DocumentLoader, CredentialVerifier.Documents {
    private static final Map<String, String> FILES =
            Map.of(
                    "https://www.w3.org/2018/credentials/v1",
                    "credentials-v1.jsonld",
                    "https://www.w3.org/ns/credentials/v2",
                    "credentials-v2.jsonld",
                    "https://www.w3.org/ns/credentials/examples/v2",
                    "examples-v2.jsonld",
                    "https://w3id.org/security/data-integrity/v1",
                    "data-integrity-v1.jsonld",
                    "https://w3id.org/security/data-integrity/v2",
                    "data-integrity-v2.jsonld");

    private final Map<String, Bytes> documents = new HashMap<>();

    Contexts() {
        FILES.forEach((url, file) -> documents.put(url, read(file)));
    }

    private static Bytes read(String file) {
        try (var in = Contexts.class.getResourceAsStream(file)) {
            if (in == null) throw new IllegalStateException("the program lacks " + file);
            return Bytes.unsafe(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    @Override
    public Document loadDocument(URI url, DocumentLoaderOptions options) throws JsonLdError {
        var document = documents.get(url.toString());
        if (document == null)
            throw new JsonLdError(
                    JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED,
                    "the context " + url + " is not one that this node has");
        return JsonDocument.of(new ByteArrayInputStream(document.unsafeArray()));
    }

    @Override
    public Optional<Boolean> match(RelatedResource resource) {
        return Optional.ofNullable(documents.get(resource.id())).map(resource::matches);
    }
}
