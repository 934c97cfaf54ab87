// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.rdf.api.RdfConsumerException;
import com.apicatalog.rdf.canon.RdfCanon;
import com.apicatalog.rdf.canon.RdfCanonTicker;
import com.apicatalog.rdf.nquads.NQuadsWriter;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import org.carnet.Bytes;
import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;

/// What a JSON-LD document says, as RDF in its canonical form (RDF Dataset Canonicalization 1.0).
///
/// A document of which a processor would drop something is refused, since what is dropped would not be signed: a term that
/// no context defines, a type or an identifier that is no absolute IRI.
final class JsonLdGraph {
    /// Steps of the canonicalization, which some graphs make grow without end (RDF Canonicalization section 7.1).
    private static final int MOST_STEPS = 10_000;

    private final Contexts contexts;

    JsonLdGraph(Contexts contexts) {
        this.contexts = contexts;
    }

    /// @throws IllegalArgumentException if a processor would drop something, with one sentence that says what
    void requireLossless(ObjectNode document) {
        expand(document);
    }

    /// The canonical N-Quads.
    ///
    /// @throws IllegalArgumentException if the document has none, with one sentence that says why
    Bytes canonical(ObjectNode document) {
        var expanded = expand(document);
        var text = new StringWriter();
        try {
            var canon = RdfCanon.create("SHA-256", new Limit());
            JsonLd.toRdf(JsonDocument.of(expanded)).options(options()).provide(canon);
            canon.provide(new NQuadsWriter(text));
        } catch (JsonLdError | RdfConsumerException | IllegalStateException e) {
            throw new IllegalArgumentException("it has no canonical form: " + reason(e), e);
        }
        return Bytes.utf8(text.toString());
    }

    private JsonArray expand(ObjectNode document) {
        try {
            var read = JsonDocument.of(new StringReader(Json.text(document)));
            var expanded = JsonLd.expand(read).options(options()).get();
            requireAbsolute(expanded);
            return expanded;
        } catch (JsonLdError e) {
            throw new IllegalArgumentException("it is not JSON-LD: " + reason(e), e);
        }
    }

    /// The innermost message, which is the one that says something.
    private static @Nullable String reason(Throwable failure) {
        var cause = failure.getCause();
        return cause == null ? failure.getMessage() : reason(cause);
    }

    private JsonLdOptions options() {
        var options = new JsonLdOptions();
        options.setDocumentLoader(contexts);
        options.setUndefinedTermsPolicy(JsonLdOptions.ProcessingPolicy.Fail);
        return options;
    }

    private static void requireAbsolute(JsonValue value) {
        if (value instanceof JsonArray array) {
            array.forEach(JsonLdGraph::requireAbsolute);
        } else if (value instanceof JsonObject object) {
            object.forEach(
                    (name, member) -> {
                        if (name.equals("@type") || name.equals("@id")) requireIris(name, member);
                        else requireAbsolute(member);
                    });
        }
    }

    private static void requireIris(String name, JsonValue value) {
        if (value instanceof JsonArray array) array.forEach(one -> requireIris(name, one));
        else if (!(value instanceof JsonString text) || !isIri(text.getString()))
            throw new IllegalArgumentException(
                    "it has an " + name + " that is no absolute IRI, which JSON-LD would drop");
    }

    private static boolean isIri(String text) {
        if (text.startsWith("_:") || text.equals("@json")) return true;
        try {
            return new URI(text).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static final class Limit implements RdfCanonTicker {
        private int steps;

        @Override
        public void tick() {
            if (++steps > MOST_STEPS)
                throw new IllegalStateException("it takes more than " + MOST_STEPS + " steps");
        }
    }
}
