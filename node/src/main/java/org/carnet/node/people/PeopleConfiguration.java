// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.node.access.BootstrapToken;
import org.carnet.node.access.ForeignSignIn;
import org.carnet.node.access.Gate;
import org.carnet.node.access.Oneself;
import org.carnet.node.access.Reach;
import org.carnet.node.access.SessionCookie;
import org.carnet.node.access.StepUp;
import org.carnet.node.access.Throttle;
import org.carnet.node.points.Records;
import org.carnet.node.settings.Settings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/// Puts the accounts of people together, and how they sign in.
@Configuration(proxyBeanMethods = false)
public class PeopleConfiguration {
    @Bean
    Diary diary(Records records) {
        return new Diary(records);
    }

    @Bean
    AccountStore accountStore(JdbcClient jdbc) {
        return new AccountStore(jdbc);
    }

    @Bean
    AccountBook accountBook(
            AccountStore store,
            JdbcClient jdbc,
            Diary diary,
            SecureRandom random,
            InstantSource clock) {
        return new AccountBook(store, new IdentityStore(jdbc), diary, random, clock);
    }

    @Bean
    StepUp stepUp(Settings settings, InstantSource clock) {
        return new StepUp(settings.people().stepUp(), clock);
    }

    @Bean
    Vault vault(Settings settings, SecureRandom random) throws IOException {
        return Vault.open(settings.dataDirectory().resolve("keys"), random);
    }

    @Bean
    Sessions sessions(
            JdbcClient jdbc,
            AccountStore accounts,
            Diary diary,
            Settings settings,
            SecureRandom random,
            InstantSource clock) {
        var people = settings.people();
        return new Sessions(
                new SessionStore(jdbc, people.idle(), people.lifetime()),
                accounts,
                new SessionCookie("carnet-" + settings.name()),
                diary,
                people.lifetime(),
                random,
                clock);
    }

    @Bean
    SessionAuthenticator sessionAuthenticator(Sessions sessions) {
        return new SessionAuthenticator(sessions);
    }

    @Bean
    Attempts attempts(Settings settings, Vault vault, InstantSource clock) {
        var marks = new SessionCookie("carnet-known-" + settings.name());
        return new Attempts(new Throttle(clock), marks, vault);
    }

    @Bean
    Site site(Settings settings) {
        return new Site(settings);
    }

    @Bean
    PasskeyStore passkeyStore(JdbcClient jdbc) {
        return new PasskeyStore(jdbc);
    }

    @Bean
    Challenges challenges(Vault vault, SecureRandom random, InstantSource clock) {
        return new Challenges(vault, random, clock);
    }

    @Bean
    Passkeys passkeys(PasskeyStore store, Challenges challenges, InstantSource clock) {
        return new Passkeys(store, challenges, clock);
    }

    @Bean
    PasskeyOptions passkeyOptions(
            PasskeyStore store, Challenges challenges, Vault vault, Settings settings) {
        return new PasskeyOptions(store, challenges, vault, settings.name());
    }

    @Bean
    SecondFactor secondFactor(Vault vault, SecureRandom random, Settings settings) {
        return new SecondFactor(vault, random, settings.name());
    }

    @Bean
    SpareKeys spareKeys(JdbcClient jdbc, Vault vault, SecureRandom random) {
        return new SpareKeys(jdbc, vault, random);
    }

    @Bean
    Passwords passwords(SecureRandom random) {
        return new Passwords(random);
    }

    @Bean
    PasswordStore passwordStore(JdbcClient jdbc) {
        return new PasswordStore(jdbc);
    }

    @Bean
    Means means(
            Passkeys passkeys,
            PasskeyStore passkeyStore,
            Passwords passwords,
            PasswordStore passwordStore,
            SecondFactor codes,
            SpareKeys spares,
            AccountBook accounts,
            Diary diary,
            InstantSource clock) {
        return new Means(
                passkeys,
                passkeyStore,
                passwords,
                passwordStore,
                codes,
                spares,
                accounts,
                diary,
                clock);
    }

    @Bean
    Presence presence(
            Settings settings,
            Sessions sessions,
            AccountStore accounts,
            ObjectProvider<ForeignSignIn> others,
            Reach reach,
            InstantSource clock) {
        return new Presence(
                settings.name(),
                settings.people().onlyAt().isEmpty(),
                sessions,
                accounts,
                () -> others.getIfAvailable(() -> List::of),
                reach,
                clock);
    }

    @Bean
    SignInController signInController(
            Passkeys passkeys,
            PasswordStore store,
            Passwords passwords,
            SecondFactor codes,
            SpareKeys spares,
            Attempts attempts,
            Diary diary,
            PasskeyOptions options,
            Sessions sessions,
            Site site,
            Presence presence,
            Settings settings,
            InstantSource clock) {
        var signIn = new SignIn(passkeys, store, passwords, codes, spares, attempts, diary, clock);
        return new SignInController(
                signIn, options, attempts, sessions, site, presence, localMeans(settings));
    }

    @Bean
    EnrolmentController enrolmentController(
            BootstrapToken token,
            AccountBook accounts,
            Means means,
            PasskeyOptions options,
            SecondFactor codes,
            Sessions sessions,
            Attempts attempts,
            Site site,
            Presence presence) {
        return new EnrolmentController(
                token, accounts, means, options, codes, sessions, attempts, site, presence);
    }

    @Bean
    Oneself oneself(Gate gate, StepUp stepUp) {
        return new Oneself(gate, stepUp);
    }

    @Bean
    OwnAccountController ownAccountController(
            Oneself oneself,
            AccountStore accounts,
            Means means,
            PasskeyOptions options,
            SecondFactor codes,
            Site site,
            Sessions sessions,
            ObjectProvider<ForeignSignIn> others,
            Settings settings) {
        var account =
                new OwnAccount(
                        accounts, means, sessions, () -> others.getIfAvailable(() -> List::of));
        return new OwnAccountController(
                oneself, means, options, codes, site, account, localMeans(settings));
    }

    @Bean
    OwnKeysController ownKeysController(
            AccountBook accounts, Means means, Oneself oneself, Settings settings) {
        return new OwnKeysController(accounts, means, localMeans(settings), oneself);
    }

    private static LocalMeans localMeans(Settings settings) {
        return new LocalMeans(
                settings.people()
                        .onlyAt()
                        .map(key -> Objects.requireNonNull(settings.providers().get(key)).label()));
    }

    @Bean
    AccountController accountController(
            AccountBook accounts,
            SpareKeys spares,
            Diary diary,
            StepUp stepUp,
            Settings settings,
            InstantSource clock) {
        return new AccountController(
                accounts, spares, diary, stepUp, settings.people().link(), clock);
    }
}
