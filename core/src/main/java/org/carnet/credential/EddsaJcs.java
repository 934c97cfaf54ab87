// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/// eddsa-jcs-2022: the canonical form is that of the JSON text itself (Data Integrity EdDSA Cryptosuites 1.0, section 3.3).
///
/// The proof names the contexts of the document; whoever verifies may meet more contexts behind them, which are not signed
/// and are therefore taken away before anybody reads the document.
public final class EddsaJcs implements Cryptosuite {
    public static final EddsaJcs SUITE = new EddsaJcs();

    private static final String CONTEXT = "@context";

    private EddsaJcs() {}

    @Override
    public String name() {
        return "eddsa-jcs-2022";
    }

    @Override
    public ObjectNode optionsOf(ObjectNode document, ObjectNode options) {
        var context = document.get(CONTEXT);
        if (context != null) options.set(CONTEXT, context.deepCopy());
        return options;
    }

    @Override
    public ObjectNode signedDocument(ObjectNode document, ObjectNode options) {
        var signed = options.get(CONTEXT);
        if (signed == null || signed.equals(document.get(CONTEXT))) return document;
        var wanted = values(signed);
        var found = values(document.path(CONTEXT));
        if (found.size() < wanted.size() || !found.subList(0, wanted.size()).equals(wanted))
            throw new IllegalArgumentException(
                    "the @context of the document does not start with that of its proof");
        var copy = document.deepCopy();
        copy.set(CONTEXT, signed.deepCopy());
        return copy;
    }

    private static List<JsonNode> values(JsonNode context) {
        if (context.isMissingNode()) return List.of();
        if (!context.isArray()) return List.of(context);
        var values = new ArrayList<JsonNode>();
        context.forEach(values::add);
        return values;
    }

    @Override
    public Bytes hash(ObjectNode document, ObjectNode options) {
        var both = new byte[64];
        System.arraycopy(sha256(Jcs.canonical(options)), 0, both, 0, 32);
        System.arraycopy(sha256(Jcs.canonical(document)), 0, both, 32, 32);
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
