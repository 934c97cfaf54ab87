// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.carnet.node.access.Account;
import org.carnet.node.access.Accounts;
import org.carnet.node.access.BrowserSessions;
import org.carnet.node.access.Caller;
import org.carnet.node.access.OwnOrigins;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where browsers leave for a provider, and where they come back and their people enter.
final class Entrance {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final Providers providers;
    private final RelyingParty relying;
    private final Journeys journeys;
    private final Accounts accounts;
    private final BrowserSessions sessions;
    private final OwnOrigins origins;

    Entrance(
            Providers providers,
            RelyingParty relying,
            Journeys journeys,
            Accounts accounts,
            BrowserSessions sessions,
            OwnOrigins origins) {
        this.providers = providers;
        this.relying = relying;
        this.journeys = journeys;
        this.accounts = accounts;
        this.sessions = sessions;
        this.origins = origins;
    }

    Optional<OpenIdProvider> provider(String key) {
        return providers.find(key);
    }

    /// Where the browser has to go to sign in there, or to link who is there to an account here.
    URI leave(
            OpenIdProvider provider,
            @Nullable String then,
            boolean again,
            Optional<String> account,
            HttpServletRequest request,
            HttpServletResponse response)
            throws Refused {
        var key = provider.settings().key();
        var callback = URI.create(origins.require(request) + "/sign-in/from/" + key);
        var journey = journeys.begin(key, callback, then, again, account);
        var there = relying.ask(provider, journey);
        journeys.keep(journey, request, response);
        return there;
    }

    /// Where the browser goes on to that came back: to where the person wanted, or to the page that says why not.
    URI arrive(OpenIdProvider provider, HttpServletRequest request, HttpServletResponse response) {
        var begun = journeys.end(request.getParameter("state"), request, response);
        var then = begun.map(Journey::then).orElse("/");
        try {
            if (begun.isEmpty()) {
                throw new Refused(Refusal.NOT_BEGUN_HERE, "no sign-in of this browser fits");
            }
            var journey = begun.get();
            if (!journey.provider().equals(provider.settings().key())) {
                throw new Refused(Refusal.OTHER_PROVIDER, "the browser was sent to another one");
            }
            var assertion = relying.hear(provider, journey, answer(request));
            if (journey.account().isPresent()) {
                link(journey.account().get(), assertion, request);
            } else {
                enter(provider, assertion, journey.again(), request, response);
            }
            return URI.create(then);
        } catch (Refused refused) {
            return refusal(provider, then, refused);
        }
    }

    /// The page of signing in, which says why it did not go well.
    URI refusal(OpenIdProvider provider, @Nullable String then, Refused refused) {
        var key = provider.settings().key();
        LOG.info("somebody does not enter from {}: {}", key, refused.getMessage());
        var wanted = URLEncoder.encode(Journeys.path(then), StandardCharsets.UTF_8);
        return URI.create(
                "/sign-in?refused=%s&at=%s&then=%s"
                        .formatted(refused.refusal().slug(), key, wanted));
    }

    private void enter(
            OpenIdProvider provider,
            Assertion assertion,
            boolean again,
            HttpServletRequest request,
            HttpServletResponse response)
            throws Refused {
        var account = again ? known(assertion) : opened(provider, assertion);
        boolean entered =
                sessions.start(
                        request,
                        response,
                        account.name(),
                        assertion.factors(),
                        assertion.since(),
                        provider.issuer());
        if (!entered) throw new Refused(Refusal.NOT_ACTIVE, "the account here is not active");
    }

    private Account opened(OpenIdProvider provider, Assertion assertion) {
        return accounts.enter(assertion.identity(), Providers.roles(provider));
    }

    /// Nobody becomes somebody new by proving again who they are.
    private Account known(Assertion assertion) throws Refused {
        return accounts.find(assertion.identity())
                .orElseThrow(
                        () -> new Refused(Refusal.OTHER_ACCOUNT, "the identity has no account"));
    }

    private void link(String account, Assertion assertion, HttpServletRequest request)
            throws Refused {
        if (sessions.who(request).map(Caller::id).filter(account::equals).isEmpty()) {
            throw new Refused(Refusal.SIGNED_OUT, "who wanted to link is not signed in");
        }
        if (!accounts.link(account, assertion.identity())) {
            throw new Refused(Refusal.OTHER_ACCOUNT, "the identity belongs to another account");
        }
    }

    private static Map<String, List<String>> answer(HttpServletRequest request) {
        return request.getParameterMap().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, entry -> Arrays.asList(entry.getValue())));
    }
}
