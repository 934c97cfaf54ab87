// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

/// Places in this node's status lists, for whoever else issues credentials in its name (Token Status List, draft 20).
public interface StatusEntries {
    /// A place of its own, at random, so that nothing links two copies of one statement.
    ///
    /// @param list the URL of the list
    record Entry(String list, int index) {}

    /// @param credential an id that no credential had before
    /// @param issuer the DID of this node that signs the credential, and so the list
    Entry allocate(String credential, String issuer);

    /// Tells everybody that the credential holds no more, within the time to live of the lists; for good.
    ///
    /// It is on the record already.
    void revoke(String credential);
}
