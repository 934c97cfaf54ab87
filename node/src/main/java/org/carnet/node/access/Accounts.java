// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import com.nimbusds.jose.jwk.ECKey;

import org.carnet.identity.Jwk;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;

import tools.jackson.databind.JsonNode;

import java.text.ParseException;
import java.util.List;
import java.util.Map;
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

    /// The public key of a program.
    ///
    /// @param jwk as whoever brings it wrote it
    /// @throws Problem if it is not a key on P-256
    static ECKey programKey(JsonNode jwk) {
        try {
            return ECKey.parse(Map.copyOf(Jwk.members(Jwk.parse(jwk))));
        } catch (IllegalArgumentException | ParseException e) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST, "\"key\" is a public key on P-256, as a JWK.");
        }
    }

    /// The account of somebody whom another platform knows.
    Optional<Account> find(ForeignIdentity identity);

    /// The account of such a person; if there is none it is opened, under a name that says nothing of the one they have
    /// there.
    ///
    /// @param roles of an account that is opened
    Account enter(ForeignIdentity identity, Set<Role> roles);

    /// Lets whoever has the identity sign in as the account.
    ///
    /// @return false if it belongs to another account, or the account is not active
    boolean link(String account, ForeignIdentity identity);

    List<LinkedIdentity> identities(String account);
}
