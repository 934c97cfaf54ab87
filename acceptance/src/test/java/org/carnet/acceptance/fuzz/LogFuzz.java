// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance.fuzz;

import org.carnet.Bytes;
import org.carnet.envelope.CoseReceipt;
import org.carnet.identity.MlDsaSigningKey;
import org.carnet.log.AddCheckpoint;
import org.carnet.log.Checkpoint;
import org.carnet.log.Cosigner;
import org.carnet.log.EntryBundle;
import org.carnet.log.LogVerifier;
import org.carnet.log.Record;
import org.carnet.log.SignedNote;
import org.carnet.log.TlogPolicy;
import org.carnet.log.TlogProof;

/// Whatever is served as a part of a log is that part, byte for byte, or is refused.
public final class LogFuzz {
    static final Cosigner WITNESS =
            new Cosigner(
                    "witness.example", SenmlFuzz.KEY, MlDsaSigningKey.of(SenmlFuzz.KEY.secret()));

    private LogFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var bytes = Bytes.copyOf(input);
        Documented.refusal(() -> Documented.same(bytes, SignedNote.parse(bytes).encode()));
        Documented.refusal(() -> Documented.same(bytes, TlogProof.parse(bytes).encode()));
        Documented.refusal(() -> Documented.same(bytes, Record.parse(bytes).encode()));
        Documented.refusal(() -> Documented.same(bytes, EntryBundle.parse(bytes, 2).encode()));
        Documented.refusal(() -> Documented.same(bytes, AddCheckpoint.parse(bytes).encode()));
        Documented.refusal(() -> Documented.same(bytes, LogVerifier.parse(bytes).encode()));
        Documented.refusal(() -> Documented.same(bytes, CoseReceipt.parse(bytes).encode()));
        Documented.refusal(() -> Checkpoint.parse(bytes.toUtf8()));
        Documented.refusal(() -> cosigned(SignedNote.parse(bytes)));
        Documented.refusal(() -> TlogPolicy.parse(bytes));
    }

    /// Whatever a cosigner is said to have made is its signature or is not; the question itself never fails.
    private static void cosigned(SignedNote note) {
        for (var verifier : WITNESS.verifiers()) {
            if (note.cosignedAt(verifier).isPresent() != note.isSignedBy(verifier)) {
                throw new AssertionError("a cosignature without a time");
            }
        }
    }
}
