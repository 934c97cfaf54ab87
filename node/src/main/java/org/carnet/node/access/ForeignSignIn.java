// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import java.util.List;

/// The other platforms whose people may sign in here with their account there.
public interface ForeignSignIn {
    /// @param name what the platform is called
    /// @param path where on this node signing in with it begins; `then` is added as a query parameter
    record Choice(String name, String path) {}

    List<Choice> choices();
}
