// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;

import org.carnet.node.access.Account;
import org.carnet.node.access.Accounts;
import org.carnet.node.access.Role;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The accounts of this node: recorded first, then in force.
final class AccountBook implements Accounts {
    private final AccountStore store;
    private final Diary diary;
    private final InstantSource clock;

    AccountBook(AccountStore store, Diary diary, InstantSource clock) {
        this.store = store;
        this.diary = diary;
        this.clock = clock;
    }

    @Override
    public Optional<Account> find(String name) {
        return store.find(name);
    }

    @Override
    public List<Account> list(int offset, int limit) {
        return store.list(offset, limit);
    }

    @Override
    public synchronized Optional<Account> open(String name, Set<Role> roles, String by) {
        var account = new Account(name, roles, Account.State.ACTIVE, clock.instant());
        if (store.find(name).isPresent()) return Optional.empty();
        var act = Diary.act("opened");
        roles.stream().sorted().forEach(role -> act.withArray("roles").add(role.name()));
        diary.enrolled(name, by, act);
        store.insert(account);
        return Optional.of(account);
    }

    @Override
    public synchronized Optional<Account> change(
            String name, Set<Role> roles, Account.State state, String by) {
        var known = store.find(name);
        if (known.isEmpty() || known.get().state() == Account.State.CLOSED) return Optional.empty();
        var act = Diary.act("changed").put("state", state.name());
        roles.stream().sorted().forEach(role -> act.withArray("roles").add(role.name()));
        diary.enrolled(name, by, act);
        store.update(name, roles, state);
        if (state != Account.State.ACTIVE) store.signOut(name);
        return store.find(name);
    }

    /// Whether nobody would be left, after such a change, who can appoint others.
    boolean leavesNobody(String name, Set<Role> roles, Account.State state) {
        if (roles.contains(Role.ADMINISTRATOR) && state == Account.State.ACTIVE) return false;
        return store.administrators().equals(List.of(name));
    }

    @Override
    public synchronized boolean addKey(String account, ECKey key, String by) {
        if (!key.getCurve().equals(Curve.P_256) || key.isPrivate()) {
            throw new IllegalArgumentException("\"key\" is a public key on P-256, as a JWK");
        }
        var thumbprint = thumbprint(key);
        if (store.hasKey(thumbprint)) return false;
        diary.enrolled(account, by, Diary.act("key-added").put("thumbprint", thumbprint));
        var bare = new ECKey.Builder(key.getCurve(), key.getX(), key.getY()).build();
        store.insertKey(account, thumbprint, bare, clock.instant());
        return true;
    }

    @Override
    public List<ECKey> keys(String account) {
        return store.keys(account);
    }

    private static String thumbprint(ECKey key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException("SHA-256 is not there", e);
        }
    }
}
