// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.carnet.node.access.Account;
import org.carnet.node.access.BrowserSessions;
import org.carnet.node.access.Caller;
import org.carnet.node.access.SessionCookie;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Who is signed in, in which browsers.
final class Sessions implements BrowserSessions {
    private static final int LONGEST_AGENT = 200;

    private final SessionStore store;
    private final AccountStore accounts;
    private final SessionCookie cookie;
    private final Diary diary;
    private final Duration lifetime;
    private final SecureRandom random;
    private final InstantSource clock;

    Sessions(
            SessionStore store,
            AccountStore accounts,
            SessionCookie cookie,
            Diary diary,
            Duration lifetime,
            SecureRandom random,
            InstantSource clock) {
        this.store = store;
        this.accounts = accounts;
        this.cookie = cookie;
        this.diary = diary;
        this.lifetime = lifetime;
        this.random = random;
        this.clock = clock;
    }

    Optional<Secret> secret(HttpServletRequest request) {
        return cookie.in(request).map(Secret::new);
    }

    Optional<Session> find(HttpServletRequest request) {
        return secret(request).flatMap(secret -> store.use(secret, clock.instant()));
    }

    @Override
    public Optional<Caller> who(HttpServletRequest request) {
        return find(request).map(Session::caller);
    }

    @Override
    public Optional<Caller> acting(HttpServletRequest request) {
        return new SessionAuthenticator(this).authenticate(request);
    }

    /// It is on the record before the browser learns its secret; what the browser had before ends.
    @Override
    public boolean start(
            HttpServletRequest request,
            HttpServletResponse response,
            String account,
            Set<String> factors,
            Instant since,
            String by) {
        return begin(request, response, account, factors, since, by).isPresent();
    }

    /// Signs a person in who has just proved here who they are.
    ///
    /// @return what a page must show from then on
    Optional<String> begin(
            HttpServletRequest request,
            HttpServletResponse response,
            String account,
            Set<String> factors) {
        return begin(request, response, account, factors, clock.instant(), account);
    }

    private Optional<String> begin(
            HttpServletRequest request,
            HttpServletResponse response,
            String account,
            Set<String> factors,
            Instant since,
            String by) {
        var known = accounts.find(account);
        if (known.filter(Account::active).isEmpty()) {
            known.ifPresent(inactive -> diary.failed(account, "not active"));
            return Optional.empty();
        }
        var act = Diary.act("signed-in");
        if (!by.equals(account)) act.put("by", by);
        factors.stream().sorted().forEach(act.withArray("factors")::add);
        diary.signedIn(account, act);
        find(request).ifPresent(before -> store.delete(before.account(), before.id()));
        var secret = Secret.random(random);
        var id = new UUID(random.nextLong(), random.nextLong());
        store.insert(secret, id, account, factors, since, agent(request), clock.instant());
        cookie.set(request, response, secret.text(), lifetime);
        return Optional.of(secret.proof());
    }

    @Override
    public URI signInPage(String then, boolean again) {
        return URI.create(
                "/sign-in?"
                        + (again ? "again&" : "")
                        + "then="
                        + URLEncoder.encode(then, StandardCharsets.UTF_8));
    }

    List<Session> of(String account) {
        return store.of(account, clock.instant());
    }

    @Override
    public void end(HttpServletRequest request, HttpServletResponse response) {
        find(request).ifPresent(session -> end(session.account(), session.id()));
        cookie.clear(request, response);
    }

    boolean end(String account, UUID id) {
        if (of(account).stream().noneMatch(session -> session.id().equals(id))) return false;
        diary.signedIn(account, Diary.act("signed-out").put("session", id.toString()));
        return store.delete(account, id);
    }

    void endAll(String account) {
        diary.signedIn(account, Diary.act("signed-out-everywhere"));
        store.deleteAll(account);
    }

    private static String agent(HttpServletRequest request) {
        var agent = request.getHeader("User-Agent");
        if (agent == null) return "";
        var printable = agent.replaceAll("[^\\x20-\\x7e]", "");
        return printable.substring(0, Math.min(printable.length(), LONGEST_AGENT));
    }
}
