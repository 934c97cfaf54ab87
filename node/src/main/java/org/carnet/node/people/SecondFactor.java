// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;

import org.carnet.Bytes;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/// Hands a new secret for one-time codes to a person's phone: as a picture, and as letters.
///
/// The page gets the secret sealed as well and gives that back with the first code, so nothing is kept meanwhile.
final class SecondFactor {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Vault vault;
    private final SecureRandom random;
    private final String platform;

    SecondFactor(Vault vault, SecureRandom random, String platform) {
        this.vault = vault;
        this.random = random;
        this.platform = platform;
    }

    ObjectNode offer(String account) {
        var bytes = new byte[Totp.SECRET_LENGTH];
        random.nextBytes(bytes);
        var secret = Bytes.unsafe(bytes);
        var uri = uri(account, Base32.encode(secret));
        return JSON.createObjectNode()
                .put("secret", Base32.encode(secret))
                .put("uri", uri)
                .put("picture", "data:image/svg+xml;base64," + Bytes.utf8(svg(uri)).toBase64())
                .put("sealed", vault.seal(offered(account), secret).toBase64Url());
    }

    /// The secret that was offered to this account.
    Optional<Bytes> offered(String account, String sealed) {
        try {
            return vault.open(offered(account), Bytes.base64Url(sealed));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Bytes seal(String account, Bytes secret) {
        return vault.seal("one-time codes of " + account, secret);
    }

    Optional<Bytes> open(String account, Bytes sealed) {
        return vault.open("one-time codes of " + account, sealed);
    }

    private static String offered(String account) {
        return "one-time codes offered to " + account;
    }

    /// The form that authenticator apps read.
    private String uri(String account, String secret) {
        var issuer = URLEncoder.encode("Carnet " + platform, StandardCharsets.UTF_8);
        return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
                .formatted(issuer, account, secret, issuer, Totp.DIGITS, Totp.PERIOD_SECONDS)
                .replace("+", "%20");
    }

    private static String svg(String text) {
        BitMatrix matrix;
        try {
            matrix =
                    new QRCodeWriter()
                            .encode(
                                    text,
                                    BarcodeFormat.QR_CODE,
                                    0,
                                    0,
                                    Map.of(EncodeHintType.MARGIN, 4));
        } catch (WriterException e) {
            throw new IllegalStateException("the text is too long for a picture", e);
        }
        var path = new StringBuilder();
        for (int y = 0; y < matrix.getHeight(); y++) {
            for (int x = 0; x < matrix.getWidth(); x++) {
                if (matrix.get(x, y)) path.append("M%d %dh1v1h-1z".formatted(x, y));
            }
        }
        return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">\
        <rect width="100%%" height="100%%" fill="#fff"/><path d="%s"/></svg>\
        """
                .formatted(matrix.getWidth(), matrix.getHeight(), path);
    }
}
