// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance.fuzz;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.EntryBundle;
import org.carnet.log.Record;
import org.carnet.log.SignedNote;
import org.carnet.log.TlogProof;

/// Whatever is served as a part of a log is that part, byte for byte, or is refused.
public final class LogFuzz {
    private LogFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var bytes = Bytes.copyOf(input);
        Documented.refusal(() -> Documented.same(bytes, SignedNote.parse(bytes).encode()));
        Documented.refusal(() -> Documented.same(bytes, TlogProof.parse(bytes).encode()));
        Documented.refusal(() -> Documented.same(bytes, Record.parse(bytes).encode()));
        Documented.refusal(() -> Documented.same(bytes, EntryBundle.parse(bytes, 2).encode()));
        Documented.refusal(() -> Checkpoint.parse(bytes.toUtf8()));
    }
}
