// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import jakarta.servlet.http.HttpServletRequest;

import java.util.Optional;

/// One way to find out who asks: a session, an access token, a signature.
public interface Authenticator {
    /// Who sent the request, if it says so in this way.
    ///
    /// @return empty if the request does not try this way; another one may know
    /// @throws org.carnet.node.problems.Problem if it tries, and fails: nobody else is asked then
    Optional<Caller> authenticate(HttpServletRequest request);
}
