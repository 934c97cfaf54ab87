// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import java.util.List;

/// The other platforms whose people may sign in here with their account there.
public interface ForeignSignIn {
    /// @param name what the platform is called
    /// @param key by which settings and pages know it
    /// @param issuer of its word
    /// @param path where on this node signing in with it begins; `then` is added as a query parameter, and `again` if the
    ///     person has to prove anew who they are
    /// @param proves whether its word is good enough for dangerous acts
    record Choice(String name, String key, String issuer, String path, boolean proves) {}

    List<Choice> choices();
}
