// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import com.nimbusds.jose.jwk.ECKey;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who has an account here. Every change is on the record before it takes effect.
///
/// `by` is who makes the change, as [Caller#id].
public interface Accounts {
    Optional<Account> find(String name);

    /// Some accounts, by name.
    List<Account> list(int offset, int limit);

    /// Opens an account.
    ///
    /// @return empty if somebody has the name, or ever had it
    /// @throws IllegalArgumentException if no account can have this name
    Optional<Account> open(String name, Set<Role> roles, String by);

    /// Gives an account other roles, or another state; a closed account stays as it is.
    ///
    /// Whoever is not active is signed out everywhere.
    ///
    /// @return the account as it is now; empty if there is none, or it is closed
    Optional<Account> change(String name, Set<Role> roles, Account.State state, String by);

    /// Lets whoever holds the private key act for the account.
    ///
    /// @param key a public key on P-256
    /// @return false if some account has this key already
    /// @throws IllegalArgumentException if it is another key
    boolean addKey(String account, ECKey key, String by);

    List<ECKey> keys(String account);
}
