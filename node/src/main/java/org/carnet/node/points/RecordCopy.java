// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.Bytes;
import org.carnet.node.points.SealedRecords.Sealed;

import java.io.IOException;
import java.util.List;

/// R2: another copy of the records of a log, such as a mirror keeps; nothing of it is believed before it is checked.
public interface RecordCopy {
    /// The newest checkpoint of which it holds everything, as the log signed it.
    Bytes checkpoint() throws IOException;

    /// The records from `first` on, some at once but one at least, and none from `end` on.
    ///
    /// @throws IOException with the number of the first record that it does not hold
    List<Sealed> read(long first, long end) throws IOException;

    /// Where it is, for people.
    String place();
}
