// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// A text with the signatures of one or more keys (C2SP signed-note).
///
/// ```text
/// This is an example message.
///
/// — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Z…
/// ```
///
/// A note that exists is well formed; whether somebody signed it is asked with [#isSignedBy].
public record SignedNote(String text, List<Signature> signatures) {
    private static final int MAX_LENGTH = 1_000_000;
    private static final int MAX_SIGNATURES = 100;
    private static final String MARK = "— ";

    public SignedNote {
        requireText(text);
        signatures = List.copyOf(signatures);
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a note has 1 to 100 signatures");
        }
    }

    public static SignedNote sign(String text, NoteSigner signer) {
        requireText(text);
        return new SignedNote(text, List.of(signer.sign(text)));
    }

    /// @throws IllegalArgumentException if these are not the bytes of exactly one note
    public static SignedNote parse(Bytes encoded) {
        if (encoded.length() > MAX_LENGTH) throw malformed("is longer than a million bytes");
        var note = decode(encoded);
        int end = note.lastIndexOf("\n\n") + 1;
        if (end == 0) throw malformed("has no blank line before its signatures");
        if (end + 1 == note.length()) throw malformed("has no signature");
        if (!note.endsWith("\n")) throw malformed("does not end with a newline");
        var signatures = new ArrayList<Signature>();
        for (var line : note.substring(end + 1, note.length() - 1).split("\n", -1)) {
            signatures.add(Signature.parse(line));
        }
        return new SignedNote(note.substring(0, end), signatures);
    }

    private static String decode(Bytes encoded) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(encoded.unsafeArray()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw malformed("is not UTF-8");
        }
    }

    private static void requireText(String text) {
        if (!text.endsWith("\n")) throw malformed("has a text that does not end with a newline");
        if (text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw malformed("has a control character");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw malformed("has a text that UTF-8 cannot say");
        }
    }

    private static IllegalArgumentException malformed(String how) {
        return new IllegalArgumentException("the note " + how);
    }

    /// Whether the key signed this text. Lines that name the key but do not verify spoil the note.
    public boolean isSignedBy(NoteVerifier verifier) {
        var own = signatures.stream().filter(verifier::made).toList();
        return !own.isEmpty()
                && own.stream().allMatch(signature -> verifier.verifies(text, signature));
    }

    /// Whether a line names the key and is not its signature, so that no part of the note should be believed.
    boolean isSpoiltFor(NoteVerifier verifier) {
        return signatures.stream().anyMatch(verifier::made) && !isSignedBy(verifier);
    }

    /// When the key cosigned this checkpoint, to the second; empty if it did not, or if its kind of signature has no time.
    ///
    /// A cosigner that makes no statement on the time says 1970-01-01T00:00:00Z.
    public Optional<Instant> cosignedAt(NoteVerifier verifier) {
        if (!isSignedBy(verifier)) return Optional.empty();
        return signatures.stream()
                .filter(verifier::made)
                .flatMap(signature -> verifier.time(text, signature).stream())
                .max(Comparator.naturalOrder());
    }

    /// The same text with more signatures below those it has; one that it has already is not repeated.
    ///
    /// @throws IllegalArgumentException if they would be more than 100
    public SignedNote with(List<Signature> more) {
        var all = new LinkedHashSet<>(signatures);
        all.addAll(more);
        return new SignedNote(text, List.copyOf(all));
    }

    public Bytes encode() {
        var note = new StringBuilder(text).append('\n');
        for (var signature : signatures) note.append(signature.line()).append('\n');
        return Bytes.utf8(note.toString());
    }

    /// One line of signature: the name of the key, 4 bytes that tell apart keys of one name, and what the key made.
    public record Signature(String name, int keyId, Bytes content) {
        public Signature {
            requireKeyName(name);
            if (content.length() == 0) throw malformed("has an empty signature");
        }

        /// One line without its newline, as witnesses answer it.
        ///
        /// @throws IllegalArgumentException if it is not exactly one signature
        public static Signature parse(String line) {
            var parts = line.split(" ", -1);
            if (!line.startsWith(MARK) || parts.length != 3) {
                throw malformed("has a line that is not a signature");
            }
            var bytes = Bytes.base64(parts[2]);
            if (bytes.length() <= Integer.BYTES) throw malformed("has a truncated signature");
            return new Signature(
                    parts[1],
                    ByteBuffer.wrap(bytes.unsafeArray()).getInt(),
                    bytes.slice(Integer.BYTES, bytes.length()));
        }

        /// The line without its newline.
        public String line() {
            var bytes =
                    ByteBuffer.allocate(Integer.BYTES + content.length())
                            .putInt(keyId)
                            .put(content.unsafeArray())
                            .array();
            return MARK + name + ' ' + Bytes.unsafe(bytes).toBase64();
        }
    }

    /// @throws IllegalArgumentException if no key may be called so
    static void requireKeyName(String name) {
        if (name.isEmpty()
                || name.codePoints().anyMatch(c -> c <= ' ' || c == '+' || isUnicodeSpace(c))) {
            throw new IllegalArgumentException("not the name of a key: '" + name + "'");
        }
    }

    private static boolean isUnicodeSpace(int c) {
        return Character.isSpaceChar(c) || c == 0x85;
    }
}
