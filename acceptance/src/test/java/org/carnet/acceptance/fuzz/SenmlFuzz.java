// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance.fuzz;

import org.carnet.Bytes;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.SignedPack;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.envelope.VerifiedPack;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Whatever a thing signs, in each of the three forms, is SenML or is refused; what is SenML survives being written.
///
/// The signature is real, because there is no way to read what is not verified.
public final class SenmlFuzz {
    static final SigningKey KEY = SigningKey.of(Algorithm.ED25519, Bytes.hex("55".repeat(32)));

    private static final DidKey THING = KEY.did();
    private static final VerificationKey VERIFIER = VerificationKey.of(THING);
    private static final long OLDEST = 1 << 28;

    private SenmlFuzz() {}

    /// The first byte says which form the others are in.
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0 || input.length > SignedPack.MAX_BYTES / 2) return;
        var form = Form.values()[(input[0] & 0x7f) % Form.values().length];
        var payload = Arrays.copyOfRange(input, 1, input.length);
        var pack = form == Form.COSE_SENML_CBOR ? cose(payload) : jws(form, payload);
        if (((SignedPack) SignedPack.decode(pack)).verify(VERIFIER) instanceof VerifiedPack read)
            for (var other : Form.values()) writtenIsRead(read, other);
    }

    private static void writtenIsRead(VerifiedPack read, Form form) {
        if (read.readings().stream().anyMatch(r -> !isWritable(r, form))) return;
        Bytes again;
        try {
            again = Signer.sign(KEY, form, THING, 1, read.signedAt(), read.readings());
        } catch (IllegalArgumentException tooLong) {
            return;
        }
        var verified = (VerifiedPack) ((SignedPack) SignedPack.decode(again)).verify(VERIFIER);
        Documented.same(read.readings(), verified.readings());
    }

    /// Relative times are written for none before 1978, and control characters not in XML.
    private static boolean isWritable(Reading reading, Form form) {
        return reading.time().getEpochSecond() >= OLDEST
                && !(form == Form.JWS_SENML_XML
                        && reading.value() instanceof Value.Text(var text)
                        && text.chars().anyMatch(c -> c < ' ' || c >= 0xFFFE));
    }

    private static Bytes jws(Form form, byte[] payload) {
        var type = form == Form.JWS_SENML_XML ? "senml+xml" : "senml+json";
        var header =
                "{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"cty\":\"%s\",\"seq\":1,\"iat\":1795169730}"
                        .formatted(THING, type);
        var signed = Bytes.utf8(header).toBase64Url() + "." + Bytes.copyOf(payload).toBase64Url();
        var signature = KEY.sign(signed.getBytes(StandardCharsets.US_ASCII));
        return Bytes.utf8(signed + "." + Bytes.copyOf(signature).toBase64Url());
    }

    /// Written byte by byte, as docs/wire/envelope.md shows them.
    private static Bytes cose(byte[] payload) {
        var header =
                Bytes.hex(
                                "a50127031870045838"
                                        + Bytes.utf8(THING.value()).toHex()
                                        + "0fa1061a6b001bc2"
                                        + "3a0001000001")
                        .toArray();
        var signed = new ByteArrayOutputStream();
        signed.writeBytes(Bytes.hex("846a5369676e617475726531").toArray());
        string(signed, header);
        signed.write(0x40);
        string(signed, payload);
        var pack = new ByteArrayOutputStream();
        pack.writeBytes(Bytes.hex("d284").toArray());
        string(pack, header);
        pack.write(0xa0);
        string(pack, payload);
        string(pack, KEY.sign(signed.toByteArray()));
        return Bytes.copyOf(pack.toByteArray());
    }

    /// The Sig_structure has the shortest heads (RFC 9052 section 9).
    private static void string(ByteArrayOutputStream out, byte[] bytes) {
        int length = bytes.length;
        if (length < 24) out.write(0x40 | length);
        else if (length < 1 << 8) out.writeBytes(new byte[] {0x58, (byte) length});
        else out.writeBytes(new byte[] {0x59, (byte) (length >> 8), (byte) length});
        out.writeBytes(bytes);
    }
}
