// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// The people who are signed in with a browser, for whoever signs them in on other grounds or asks who they are.
public interface BrowserSessions {
    /// Who is signed in, how it was proven and since when; no access is decided with it.
    Optional<Caller> who(HttpServletRequest request);

    /// Who is signed in with the browser of the page that sent the request, which proves to be one of this node's pages.
    ///
    /// @throws org.carnet.node.problems.Problem if somebody is signed in and it does not
    Optional<Caller> acting(HttpServletRequest request);

    /// Signs the browser out.
    void end(HttpServletRequest request, HttpServletResponse response);

    /// Signs a person in. The browser gets a session it never had, whatever it had before.
    ///
    /// @param factors how the person proved who they are, as `amr` values (RFC 8176); none if nobody whose word counts
    ///     here says it, and then the session is good for no dangerous act
    /// @param since when they proved it
    /// @param by on whose word
    /// @return false if the account does not exist or may not sign in
    boolean start(
            HttpServletRequest request,
            HttpServletResponse response,
            String account,
            Set<String> factors,
            Instant since,
            String by);

    /// The page where people sign in, which then goes on to a path of this node.
    ///
    /// @param again whether to ask even somebody who is signed in
    URI signInPage(String then, boolean again);
}
