// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.Bytes;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.cbor.CBORMapper;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/// An authenticator with a browser around it, which can be told to lie (WebAuthn section 6).
final class SoftAuthenticator {
    private static final int PRESENT = 1;
    private static final int VERIFIED = 4;
    private static final int ATTESTED = 64;

    private final byte[] id;
    private final KeyPair key;
    private int counter;

    /// What the browser says: the page's origin, and the name the authenticator signs for.
    String origin;

    String relyingParty = "localhost";
    boolean verifies = true;

    SoftAuthenticator(String origin, int number) throws GeneralSecurityException {
        this.origin = origin;
        this.id = ByteBuffer.allocate(16).putInt(number).array();
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        this.key = generator.generateKeyPair();
    }

    /// RegistrationResponseJSON.
    ObjectNode make(JsonNode options) throws GeneralSecurityException {
        var attested = new ByteArrayOutputStream();
        attested.writeBytes(authenticatorData(ATTESTED));
        attested.writeBytes(new byte[16]);
        attested.writeBytes(new byte[] {0, (byte) id.length});
        attested.writeBytes(id);
        attested.writeBytes(publicKey());
        var object = new LinkedHashMap<String, Object>();
        object.put("fmt", "none");
        object.put("attStmt", Map.of());
        object.put("authData", attested.toByteArray());
        var json = credential();
        json.putObject("response")
                .put("clientDataJSON", clientData("webauthn.create", options).toBase64Url())
                .put("attestationObject", url(CBORMapper.shared().writeValueAsBytes(object)));
        return json;
    }

    /// AuthenticationResponseJSON.
    ObjectNode use(JsonNode options) throws GeneralSecurityException {
        counter++;
        var data = authenticatorData(0);
        var client = clientData("webauthn.get", options);
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key.getPrivate());
        signature.update(data);
        signature.update(sha256(client.toArray()));
        var json = credential();
        json.putObject("response")
                .put("clientDataJSON", client.toBase64Url())
                .put("authenticatorData", url(data))
                .put("signature", url(signature.sign()));
        return json;
    }

    private ObjectNode credential() {
        var json = JsonMapper.shared().createObjectNode();
        json.put("id", url(id)).put("rawId", url(id)).put("type", "public-key");
        json.putObject("clientExtensionResults");
        return json;
    }

    private Bytes clientData(String type, JsonNode options) {
        return Bytes.utf8(
                JsonMapper.shared()
                        .createObjectNode()
                        .put("type", type)
                        .put("challenge", options.get("challenge").asString())
                        .put("origin", origin)
                        .put("crossOrigin", false)
                        .toString());
    }

    private byte[] authenticatorData(int more) throws GeneralSecurityException {
        int flags = PRESENT | (verifies ? VERIFIED : 0) | more;
        return ByteBuffer.allocate(37)
                .put(sha256(relyingParty.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .put((byte) flags)
                .putInt(counter)
                .array();
    }

    /// COSE_Key, by hand: the map must have numbers for keys.
    private byte[] publicKey() {
        var point = ((ECPublicKey) key.getPublic()).getW();
        var cose = new ByteArrayOutputStream();
        cose.writeBytes(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32});
        cose.writeBytes(coordinate(point.getAffineX()));
        cose.writeBytes(new byte[] {0x22, 0x58, 32});
        cose.writeBytes(coordinate(point.getAffineY()));
        return cose.toByteArray();
    }

    private static byte[] coordinate(java.math.BigInteger number) {
        var bytes = number.toByteArray();
        var fixed = new byte[32];
        int length = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
        return fixed;
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String url(byte[] bytes) {
        return Bytes.unsafe(bytes).toBase64Url();
    }
}
