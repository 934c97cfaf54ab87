// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.Bytes;
import org.carnet.credential.KeyBinding;
import org.carnet.credential.SdJwt;

/// R5: asks another platform something about an avatar, proven twice: by this platform and by the avatar (FGMV-44 8.3).
public interface Exchanges {
    /// Shows the avatar on this occasion, for this platform and about this body, with its holder's proof.
    @FunctionalInterface
    interface Avatar {
        SdJwt present(KeyBinding occasion);
    }

    /// What the other platform said.
    sealed interface Answer {}

    /// @param status of HTTP; another than 200 tells with problem details what failed
    record Answered(int status, Bytes body) implements Answer {}

    /// The request could not be made, or nobody answered.
    ///
    /// @param why one sentence
    record Unanswered(String why) implements Answer {}

    /// @param platform the DID of the platform that is asked
    Answer ask(String platform, Bytes body, Avatar avatar);
}
