// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class SignedNoteTest {
    /// The examples of C2SP signed-note.
    private static final String VKEY =
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private static final String TEXT = "This is an example message.\n";
    private static final String LINE =
            "— example.com/foo"
                + " Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    private static final String POEM =
            """
            Ognuno sta solo sul cuor della terra
            trafitto da un raggio di sole:

            ed è subito sera.

            — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
            """;

    private final NoteVerifier published = NoteVerifier.parse(VKEY);
    private final NoteSigner signer = LogKeys.signer("example.com/log", 1);

    @Test
    void thePublishedNoteIsSignedByThePublishedKey() {
        assertThat(parse(TEXT + "\n" + LINE).isSignedBy(published)).isTrue();
        assertThat(parse("This is another message.\n\n" + LINE).isSignedBy(published)).isFalse();
        assertThat(published.vkey()).isEqualTo(VKEY);
    }

    @Test
    void theTextEndsAtTheLastBlankLine() {
        var poem = parse(POEM);
        assertThat(poem.text()).endsWith("sole:\n\ned è subito sera.\n");
        assertThat(poem.signatures())
                .singleElement()
                .satisfies(s -> assertThat(s.name()).isEqualTo("quasimodo.example/salvatore"));
        assertThat(poem.encode()).isEqualTo(Bytes.utf8(POEM));
    }

    @Test
    void aSignedNoteIsReadAndBelievedByWhoHasTheKey() {
        var note = parse(SignedNote.sign("text\n\nmore\n", signer).encode().toUtf8());
        assertThat(note.isSignedBy(signer.verifier())).isTrue();
        assertThat(note.isSignedBy(NoteVerifier.parse(signer.verifier().vkey()))).isTrue();
        assertThat(note.isSignedBy(LogKeys.signer("example.com/log", 2).verifier())).isFalse();
        assertThat(note.isSignedBy(LogKeys.signer("example.com/other", 1).verifier())).isFalse();
    }

    @Test
    void signaturesOfOthersArePassedOverAndAWrongOneOfTheKeySpoilsTheNote() {
        var own = signer.sign(TEXT);
        var foreign = LogKeys.signer("witness.example", 3).sign("anything\n");
        assertThat(new SignedNote(TEXT, List.of(foreign, own)).isSignedBy(signer.verifier()))
                .isTrue();
        assertThat(new SignedNote(TEXT, List.of(foreign)).isSignedBy(signer.verifier())).isFalse();
        var wrong = signer.sign("another text\n");
        assertThat(new SignedNote(TEXT, List.of(own, wrong)).isSignedBy(signer.verifier()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text\n",
                "text\n\n",
                "text\n\n\n",
                "text\n— example.com/foo AAAAAAA=\n",
                "text\n\n— example.com/foo AAAAAAA=",
                "text\n\n- example.com/foo AAAAAAA=\n",
                "text\n\n— example.com/foo  AAAAAAA=\n",
                "text\n\n— example.com/foo AAAAAAA= \n",
                "text\n\n— example.com/foo AAAAAA==\n",
                "text\n\n— example.com/foo AAAAAAB=\n",
                "text\n\n— example.com/foo AAAAAAA\n",
                "text\n\n— example.com/foo AAAA_AAA\n",
                "text\n\n— example.com+foo AAAAAAA=\n",
                "text\n\n— example\u00a0com AAAAAAA=\n",
                "text\n\n— example\u2028com AAAAAAA=\n",
                "text\n\n—  AAAAAAA=\n",
                "text\r\n\n— example.com/foo AAAAAAA=\n",
                "te\txt\n\n— example.com/foo AAAAAAA=\n",
                "text\n\n— example.com/foo AAAAAAA=\r\n",
                "text\n\n— example.com/foo AAAAAAA=\ntext\n",
            })
    void whatIsNotExactlyANoteIsRefused(String note) {
        assertThatThrownBy(() -> parse(note)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNoteThatIsNotUtf8OrBeyondMeasureIsRefused() {
        var latin = Bytes.hex("e90a0a").toHex() + Bytes.utf8(LINE).toHex();
        assertThatThrownBy(() -> SignedNote.parse(Bytes.hex(latin)))
                .hasMessage("the note is not UTF-8");
        assertThatThrownBy(() -> parse("x".repeat(1_000_000) + "\n\n" + LINE))
                .hasMessageContaining("a million");
        assertThat(parse(TEXT + "\n" + LINE.repeat(16)).isSignedBy(published)).isTrue();
        assertThatThrownBy(() -> parse(TEXT + "\n" + LINE.repeat(101)))
                .hasMessageContaining("1 to 100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com/foo",
                "example.com/foo+530d903a",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U0=",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n",
                // A type that is not spoken here: ECDSA.
                "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            })
    void whatIsNotAVkeyIsRefused(String vkey) {
        assertThatThrownBy(() -> NoteVerifier.parse(vkey))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SignedNote parse(String note) {
        return SignedNote.parse(Bytes.utf8(note));
    }
}
