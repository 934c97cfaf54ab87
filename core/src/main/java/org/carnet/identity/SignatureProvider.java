// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.carnet.Bytes;
import org.carnet.Spare;
import org.jspecify.annotations.Nullable;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The library that computes signatures: the first of ACCP, Conscrypt, BouncyCastle and the JDK that works here.
///
/// The signature check is what limits a node, and these four differ by a factor of sixteen. A provider is used only
/// after it has verified known good and bad signatures and its own. The system property `carnet.signatures` names one
/// of them (`ACCP`, `Conscrypt`, `BouncyCastle`, `JDK`); if that one does not work, nothing else takes its place.
public final class SignatureProvider {
    private static final List<String> FASTEST_FIRST =
            List.of("ACCP", "Conscrypt", "BouncyCastle", "JDK");

    private static final String ACCP = "com.amazon.corretto.crypto.provider";

    // What stands before a raw key in its X.509 or PKCS #8 form.
    private static final byte[] ED25519_PUBLIC = hex("302a300506032b6570032100");
    private static final byte[] ED25519_SECRET = hex("302e020100300506032b657004220420");
    private static final byte[] P256_PUBLIC =
            hex("3059301306072a8648ce3d020106082a8648ce3d030107034200");
    private static final byte[] P256_SECRET =
            hex("3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420");

    private static final byte[] ML_DSA_44_PUBLIC =
            hex("30820532300b06096086480165030403110382052100");

    private final String name;
    private final Provider provider;

    /// What checks signatures, ready for the next one.
    private final Map<Algorithm, Spare<Signature>> checks = new EnumMap<>(Algorithm.class);

    SignatureProvider(String name, Provider provider) {
        this.name = name;
        this.provider = provider;
        for (var algorithm : Algorithm.values()) {
            checks.put(algorithm, new Spare<>(() -> signature(algorithm)));
        }
    }

    /// The provider of this process, chosen when first asked for.
    public static SignatureProvider active() {
        return Active.INSTANCE;
    }

    private static final class Active {
        static final SignatureProvider INSTANCE = choose(System.getProperty("carnet.signatures"));
    }

    static SignatureProvider choose(@Nullable String wanted) {
        return FASTEST_FIRST.stream()
                .filter(name -> wanted == null || name.equalsIgnoreCase(wanted))
                .flatMap(SignatureProvider::working)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "no signature provider works here"
                                                + (wanted == null
                                                        ? ""
                                                        : " by the name " + wanted)));
    }

    /// Every provider that works here, the fastest first.
    static List<SignatureProvider> all() {
        return FASTEST_FIRST.stream().flatMap(SignatureProvider::working).toList();
    }

    /// The provider, if it is there and passes its self-test; natives may be absent or of another platform.
    private static Stream<SignatureProvider> working(String name) {
        try {
            var candidate = new SignatureProvider(name, load(name));
            return SelfTest.passes(candidate) ? Stream.of(candidate) : Stream.empty();
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return Stream.empty();
        }
    }

    private static Provider load(String name) throws ReflectiveOperationException {
        return switch (name) {
            case "ACCP" -> {
                // Or it would take the JDK's keys, and convert them for each signature.
                System.setProperty(ACCP + ".registerEdKeyFactory", "true");
                yield instance(ACCP + ".AmazonCorrettoCryptoProvider");
            }
            case "Conscrypt" -> instance("org.conscrypt.OpenSSLProvider");
            case "BouncyCastle" -> new BouncyCastleProvider();
            default -> Security.getProvider("SunEC");
        };
    }

    /// The native providers are found by name because not every platform has their jars.
    private static Provider instance(String type) throws ReflectiveOperationException {
        return Class.forName(type).asSubclass(Provider.class).getConstructor().newInstance();
    }

    public String name() {
        return name;
    }

    /// @param key the one inside the identifier
    PublicKey decodePublic(DidKey did, Bytes key) {
        var raw = key.unsafeArray();
        var encoded =
                switch (did.algorithm()) {
                    case ED25519 -> concat(ED25519_PUBLIC, raw);
                    case P256 -> concat(P256_PUBLIC, Curves.uncompressed(raw));
                };
        try {
            return factory(did.algorithm()).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key of " + did + " cannot be used", e);
        }
    }

    PrivateKey decodeSecret(Algorithm algorithm, byte[] secret) {
        var prefix = algorithm == Algorithm.ED25519 ? ED25519_SECRET : P256_SECRET;
        try {
            return factory(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(concat(prefix, secret)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the secret key cannot be used", e);
        }
    }

    /// The provider's own factory, if it has one: it need not convert its own keys.
    private KeyFactory factory(Algorithm algorithm) throws GeneralSecurityException {
        var type = algorithm == Algorithm.ED25519 ? "EdDSA" : "EC";
        return provider.getService("KeyFactory", type) == null
                ? KeyFactory.getInstance(type)
                : KeyFactory.getInstance(type, provider);
    }

    private Signature signature(Algorithm algorithm) {
        try {
            return Signature.getInstance(
                    algorithm == Algorithm.ED25519 ? "EdDSA" : "SHA256withECDSA", provider);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(name + " has no " + algorithm + " signatures", e);
        }
    }

    /// `signature` is 64 bytes in the form of JOSE and COSE.
    boolean verify(Algorithm algorithm, PublicKey key, byte[] message, byte[] signature) {
        if (signature.length != 64) return false;
        var spare = Objects.requireNonNull(checks.get(algorithm));
        var check = spare.take();
        try {
            check.initVerify(key);
            check.update(message);
            var good =
                    check.verify(
                            algorithm == Algorithm.P256 ? EcdsaDer.encode(signature) : signature);
            // One that met a bad signature is not trusted to have forgotten it.
            if (good) spare.putBack(check);
            return good;
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(name + " lost its " + algorithm + " signatures", e);
        }
    }

    byte[] sign(Algorithm algorithm, PrivateKey key, byte[] message) {
        try {
            var signer = signature(algorithm);
            signer.initSign(key);
            signer.update(message);
            var signature = signer.sign();
            var raw = algorithm == Algorithm.P256 ? EcdsaDer.decode(signature) : signature;
            if (raw == null) throw new SignatureException("not canonical DER");
            return raw;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(name + " cannot sign with " + algorithm, e);
        }
    }

    PublicKey decodeMlDsa(byte[] raw) {
        try {
            var factory =
                    provider.getService("KeyFactory", "ML-DSA-44") == null
                            ? KeyFactory.getInstance("ML-DSA-44")
                            : KeyFactory.getInstance("ML-DSA-44", provider);
            return factory.generatePublic(new X509EncodedKeySpec(concat(ML_DSA_44_PUBLIC, raw)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the ML-DSA-44 key cannot be used", e);
        }
    }

    /// The JDK's elliptic curves and its lattices are in two providers, so the second is found by its service.
    boolean verifyMlDsa(PublicKey key, byte[] message, byte[] signature) {
        try {
            var check =
                    provider.getService("Signature", "ML-DSA") == null
                            ? Signature.getInstance("ML-DSA")
                            : Signature.getInstance("ML-DSA", provider);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(name + " lost its ML-DSA signatures", e);
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        var both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
