// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.carnet.node.access.BrowserSessions;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// Sends people to the page where they sign in, before a client is answered: when nobody is signed in, when the client
/// wants them to prove anew who they are, lately, or better (`prompt`, `max_age`, `acr_values`; RFC 9470).
///
/// When they come back, `asked` tells when they were sent; it is signed together with the rest of the request, so whoever
/// sits down at the browser cannot write it.
final class SignInFirst extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final OAuth2TokenType STATE = new OAuth2TokenType("state");
    private static final String VALIDATED =
            OAuth2AuthorizationCodeRequestAuthenticationToken.class.getName();
    private static final String REQUEST = OAuth2AuthorizationRequest.class.getName();
    private static final String PUSHED = "urn:ietf:params:oauth:request_uri:";
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final transient BrowserSessions browsers;
    private final transient OAuth2AuthorizationService authorizations;
    private final transient AuthorizationAnswers answers;
    private final transient Marks marks;
    private final transient InstantSource clock;

    SignInFirst(
            BrowserSessions browsers,
            OAuth2AuthorizationService authorizations,
            AuthorizationAnswers answers,
            Marks marks,
            InstantSource clock) {
        this.browsers = browsers;
        this.authorizations = authorizations;
        this.answers = answers;
        this.marks = marks;
        this.clock = clock;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var asked = asked(request);
        if (asked == null) {
            chain.doFilter(request, response);
            return;
        }
        try {
            if (mayGoOn(request, asked)) {
                chain.doFilter(request, response);
                return;
            }
        } catch (OAuth2AuthorizationCodeRequestAuthenticationException refused) {
            answers.onAuthenticationFailure(request, response, refused);
            return;
        }
        var query = marks.without(String.valueOf(request.getQueryString()));
        var then = PersonFilter.AUTHORIZE + "?" + marks.mark(query, clock.instant());
        boolean again = person().isPresent();
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", browsers.signInPage(then, again).toString());
    }

    private boolean mayGoOn(
            HttpServletRequest request, OAuth2AuthorizationCodeRequestAuthenticationToken asked) {
        var prompt = Set.copyOf(Arrays.asList(text(asked, "prompt").split(" ")));
        var person = person();
        if (person.isEmpty()) {
            if (prompt.contains("none")) throw refused("login_required", asked);
            return false;
        }
        var since = Person.since(person.get());
        var sent = marks.read(String.valueOf(request.getQueryString()));
        boolean anew =
                sent.isPresent()
                        && !since.isBefore(sent.get())
                        && sent.get().plus(PATIENCE).isAfter(clock.instant());
        boolean fresh =
                anew
                        || (!prompt.contains("login")
                                && !prompt.contains("select_account")
                                && isRecent(since, asked));
        var level = SignInLevel.of(Person.factors(person.get()));
        boolean good =
                SignInLevel.least(text(asked, "acr_values"))
                        .map(least -> level.compareTo(least) >= 0)
                        .orElse(true);
        if (fresh && good) return true;
        if (prompt.contains("none")) throw refused("login_required", asked);
        if (anew) throw refused("unmet_authentication_requirements", asked);
        return false;
    }

    private boolean isRecent(
            Instant since, OAuth2AuthorizationCodeRequestAuthenticationToken asked) {
        var age = text(asked, "max_age");
        if (age.isEmpty()) return true;
        if (!age.matches("\\d{1,9}")) throw refused("invalid_request", asked);
        return since.plusSeconds(Long.parseLong(age)).isAfter(clock.instant());
    }

    private static Optional<Authentication> person() {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .filter(Person::is);
    }

    /// What a client asks for, in the request itself or pushed beforehand (RFC 9126); null if this is something else.
    private @Nullable OAuth2AuthorizationCodeRequestAuthenticationToken asked(
            HttpServletRequest request) {
        if (!request.getMethod().equals("GET")
                || !request.getRequestURI().equals(PersonFilter.AUTHORIZE)) {
            return null;
        }
        if (request.getAttribute(VALIDATED)
                instanceof OAuth2AuthorizationCodeRequestAuthenticationToken known) {
            return known;
        }
        var uri = request.getParameter("request_uri");
        if (uri == null || !uri.startsWith(PUSHED) || uri.length() == PUSHED.length()) return null;
        var pushed = authorizations.findByToken(uri.substring(PUSHED.length()), STATE);
        if (pushed == null) return null;
        return pushed.getAttribute(REQUEST) instanceof OAuth2AuthorizationRequest found
                        && found.getClientId().equals(request.getParameter("client_id"))
                ? new OAuth2AuthorizationCodeRequestAuthenticationToken(
                        found.getAuthorizationUri(),
                        found.getClientId(),
                        person().orElse(AuthorizationAnswers.NOBODY),
                        found.getRedirectUri(),
                        found.getState(),
                        found.getScopes(),
                        found.getAdditionalParameters())
                : null;
    }

    private static String text(
            OAuth2AuthorizationCodeRequestAuthenticationToken asked, String name) {
        return asked.getAdditionalParameters().get(name) instanceof String text ? text : "";
    }

    private static OAuth2AuthorizationCodeRequestAuthenticationException refused(
            String code, OAuth2AuthorizationCodeRequestAuthenticationToken asked) {
        return new OAuth2AuthorizationCodeRequestAuthenticationException(
                new OAuth2Error(code), asked);
    }
}
