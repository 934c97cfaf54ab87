// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;

import org.carnet.Bytes;
import org.carnet.node.access.Account;
import org.carnet.node.access.Accounts;
import org.carnet.node.access.ForeignIdentity;
import org.carnet.node.access.LinkedIdentity;
import org.carnet.node.access.Role;
import org.carnet.node.people.AccountStore.ProgramKey;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The accounts of this node: recorded first, then in force.
final class AccountBook implements Accounts {
    private static final int NAME_BYTES = 5;

    private final AccountStore store;
    private final IdentityStore identities;
    private final Diary diary;
    private final SecureRandom random;
    private final InstantSource clock;

    AccountBook(
            AccountStore store,
            IdentityStore identities,
            Diary diary,
            SecureRandom random,
            InstantSource clock) {
        this.store = store;
        this.identities = identities;
        this.diary = diary;
        this.random = random;
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

    List<ProgramKey> programKeys(String account) {
        return store.programKeys(account);
    }

    /// @return false if the account has no such key
    synchronized boolean removeKey(String account, String thumbprint) {
        if (programKeys(account).stream().noneMatch(key -> key.thumbprint().equals(thumbprint)))
            return false;
        diary.enrolled(account, account, Diary.act("key-removed").put("thumbprint", thumbprint));
        return store.deleteKey(account, thumbprint);
    }

    @Override
    public Optional<Account> find(ForeignIdentity identity) {
        return identities.account(identity).flatMap(store::find);
    }

    @Override
    public synchronized Account enter(ForeignIdentity identity, Set<Role> roles) {
        var known = find(identity);
        if (known.isPresent()) return known.get();
        var opened = open(newName(), roles, identity.issuer()).orElseThrow();
        keep(opened.name(), identity, identity.issuer());
        return opened;
    }

    @Override
    public synchronized boolean link(String account, ForeignIdentity identity) {
        if (store.find(account).filter(Account::active).isEmpty()) return false;
        var owner = identities.account(identity);
        if (owner.isPresent()) return owner.get().equals(account);
        keep(account, identity, account);
        return true;
    }

    @Override
    public List<LinkedIdentity> identities(String account) {
        return identities.of(account);
    }

    /// @return false if the account has no such identity
    synchronized boolean unlink(String account, UUID id) {
        if (identities.of(account).stream().noneMatch(linked -> linked.id().equals(id)))
            return false;
        diary.enrolled(
                account, account, Diary.act("identity-unlinked").put("identity", id.toString()));
        return identities.delete(account, id);
    }

    private void keep(String account, ForeignIdentity identity, String by) {
        var id = new UUID(random.nextLong(), random.nextLong());
        diary.enrolled(
                account,
                by,
                Diary.act("identity-linked")
                        .put("identity", id.toString())
                        .put("issuer", identity.issuer())
                        .put("subject", identity.subject()));
        identities.insert(account, new LinkedIdentity(id, identity, clock.instant()));
    }

    private String newName() {
        var bytes = new byte[NAME_BYTES];
        String name;
        do {
            random.nextBytes(bytes);
            name = "guest-" + Base32.encode(Bytes.copyOf(bytes)).toLowerCase(Locale.ROOT);
        } while (store.find(name).isPresent());
        return name;
    }

    private static String thumbprint(ECKey key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException("SHA-256 is not there", e);
        }
    }
}
