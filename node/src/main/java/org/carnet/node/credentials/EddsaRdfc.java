// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.Bytes;
import org.carnet.credential.Cryptosuite;

import tools.jackson.databind.node.ObjectNode;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// eddsa-rdfc-2022: what is signed is the graph that a document means, not its text (Data Integrity EdDSA Cryptosuites 1.0,
/// section 3.2).
final class EddsaRdfc implements Cryptosuite {
    private static final String CONTEXT = "@context";

    private final JsonLdGraph graph;

    EddsaRdfc(JsonLdGraph graph) {
        this.graph = graph;
    }

    @Override
    public String name() {
        return "eddsa-rdfc-2022";
    }

    @Override
    public Bytes hash(ObjectNode document, ObjectNode options) {
        var context = document.get(CONTEXT);
        if (context == null) throw new IllegalArgumentException("it has no @context");
        var configuration = options.deepCopy();
        configuration.set(CONTEXT, context.deepCopy());
        var both = new byte[64];
        System.arraycopy(sha256(graph.canonical(configuration)), 0, both, 0, 32);
        System.arraycopy(sha256(graph.canonical(document)), 0, both, 32, 32);
        return Bytes.unsafe(both);
    }

    private static byte[] sha256(Bytes bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes.unsafeArray());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
